import type { MethodName } from '../../../generated/methods';
import { reflection } from '../../../generated/reflection';
import type { Timer } from '../../base/clock';
import { systemClock } from '../../base/clock';
import type { World, WorldState } from '../state/world';
import { publicOwner } from '../state/public-app';
import { freeze } from './freeze';
import { readStateFile, unusable, writeStateFile } from './state-file';
import { thaw } from './thaw';

/** Who an emulator is to its clients. */
export interface Identity {
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
  readonly apiKey: string;
  readonly sessionToken: string;
}

interface KeptState {
  readonly identity: Identity;
  readonly world: unknown;
}

/** How long nothing changes before a state is written, and how long one that keeps changing goes unwritten. */
const quietMs = 250;
const longestMs = 5000;
/** A large state takes long to write, so it waits this many times as long for the next. */
const restPerWrite = 9;

/** They are posted, and change nothing. */
const predictions: ReadonlySet<MethodName> = new Set([
  'PostModelOutputs',
  'GenerateModelOutputs',
  'StreamModelOutputs',
]);

/** Keeps a world in a file: writes it a moment after the last change, and when it is closed. */
export class Keeper {
  readonly #path: string;
  readonly #kept: KeptState | undefined;
  #world: World | undefined;
  #identity: Identity | undefined;
  #timer: Timer | undefined;
  /** When the first change was made that is not in the file. */
  #changedAtMs: number | undefined;
  #restsUntilMs = 0;

  /** @throws InvalidRequestError for a file that cannot be gone on with */
  constructor(path: string) {
    this.#path = path;
    this.#kept = readStateFile(path) as KeptState | undefined;
  }

  /** Who the emulator was when the file was written. */
  get identity(): Partial<Identity> {
    return this.#kept?.identity ?? {};
  }

  /** Puts a world into the state that was kept, if any, and keeps it from now on. */
  keep(world: World, { userId, appId, pat, apiKey, sessionToken }: Identity): void {
    this.#world = world;
    this.#identity = { userId, appId, pat, apiKey, sessionToken };
    if (this.#kept === undefined) return;
    try {
      world.setState(thaw(this.#kept.world, world.options) as WorldState);
    } catch (cause) {
      throw unusable(this.#path, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  /** To be called after every call. */
  answered(method: MethodName): void {
    if (reflection().methods[method]?.[3] !== 'get' && !predictions.has(method)) this.changed();
  }

  /** To be called after a change. */
  changed(): void {
    const nowMs = systemClock.now();
    this.#changedAtMs ??= nowMs;
    this.#timer?.cancel();
    const dueMs = Math.max(Math.min(nowMs + quietMs, this.#changedAtMs + longestMs), this.#restsUntilMs);
    this.#timer = systemClock.setTimer(() => this.#tryToWrite(), Math.max(dueMs - nowMs, 0), true);
  }

  /** Rejects when the state cannot be written. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#write();
  }

  /** What cannot be written now, on a full disk perhaps, may be after the next change; if not, `close` says so. */
  #tryToWrite(): void {
    try {
      this.#write();
    } catch {
      // Nobody could be told.
    }
  }

  /** In one go, so that no call comes in between; this stops the emulator for as long as it takes. */
  #write(): void {
    this.#changedAtMs = undefined;
    if (this.#world === undefined || this.#identity === undefined) return;
    const beganMs = systemClock.now();
    const kept: KeptState = { identity: this.#identity, world: freeze(lasting(this.#world)) };
    writeStateFile(this.#path, kept);
    const endedMs = systemClock.now();
    this.#restsUntilMs = endedMs + restPerWrite * (endedMs - beganMs);
  }
}

/** Without Clarifai's own models, which are there again at each start. */
function lasting({ users, workflowStates, keys, agenda }: World): WorldState {
  const kept = [...users].filter(([id]) => id !== publicOwner.userId);
  return { users: new Map(kept), workflowStates, keys, planned: agenda.planned() };
}
