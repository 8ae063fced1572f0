import type { MethodName } from '../../generated/methods';
import {
  assertFunction,
  assertInteger,
  assertNumber,
  assertObject,
  assertString,
  invalidArgument,
} from '../base/assert';
import { randomId } from '../base/ids';
import { assertModel } from './assert-model';
import type { Emulator, EmulatorClientOptions, EmulatorSnapshot, EmulatorStubOptions } from './emulator';
import type { ArchiveContent } from './exports/archive';
import type { Keeper } from './persist/keeper';
import type { ResolvedEmulatorOptions } from './options';
import type { EmulatorSeed } from './seed';
import { plant } from './seed';
import type { Credentials } from './service/auth';
import type { Dispatcher } from './service/dispatcher';
import type { FaultStep } from './service/fault-step';
import type { FaultRule, Faults, PendingScript } from './service/faults';
import type { RateLimit } from './service/rate-limit';
import type { RecordedRequest, RequestLog } from './service/request-log';
import { copyGraph } from './state/copy-graph';
import type { ModelDefinition } from './state/register-model';
import { everything } from './state/keys';
import { registerModel } from './state/register-model';
import type { EmulatorUser, UserDefinition } from './state/add-user';
import { addUser } from './state/add-user';
import { seedWorld } from './state/seed-world';
import type { World, WorldState } from './state/world';
import type { Certificates } from './tls/certificates';

export interface EmulatorParts {
  readonly options: ResolvedEmulatorOptions;
  readonly keeper: Keeper | undefined;
  readonly world: World;
  readonly dispatcher: Dispatcher;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit | undefined;
  readonly credentials: Credentials;
  readonly certificates: Certificates | undefined;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** The parts of an emulator, once its server listens. */
export class RunningEmulator implements Emulator {
  readonly base: string;
  readonly port: number;
  readonly pat: string;
  readonly apiKey: string;
  readonly sessionToken: string;
  readonly userId: string;
  readonly appId: string;
  readonly #parts: EmulatorParts;
  readonly #models = new Map<string, ModelDefinition>();
  readonly #users = new Map<string, UserDefinition & { readonly pat: string }>();
  readonly #snapshots = new WeakMap<EmulatorSnapshot, WorldState>();

  constructor(parts: EmulatorParts) {
    const { options, credentials, certificates, port } = parts;
    const { host, pat, apiKey, sessionToken, userId, appId } = options;
    this.base = baseOf(host, port, certificates !== undefined);
    this.port = port;
    this.pat = pat;
    this.apiKey = apiKey;
    this.sessionToken = sessionToken;
    this.userId = userId;
    this.appId = appId;
    this.#parts = parts;
    credentials.addSession(sessionToken, userId);
    parts.keeper?.keep(parts.world, this);
    seedWorld(parts.world, this);
  }

  get stubOptions(): EmulatorStubOptions {
    const { base, pat, rootCertificates } = this;
    return { base, pat, ...(rootCertificates !== undefined && { rootCertificates }) };
  }

  get clientOptions(): EmulatorClientOptions {
    const { userId, appId } = this;
    return { ...this.stubOptions, userId, appId };
  }

  get rootCertificates(): string | undefined {
    return this.#parts.certificates?.root;
  }

  get rootCertificatesPath(): string | undefined {
    return this.#parts.certificates?.rootPath;
  }

  model(definition: ModelDefinition): void {
    assertModel(definition);
    this.#models.set([definition.userId, definition.appId, definition.id].join('/'), definition);
    registerModel(this.#parts.world, definition, this);
  }

  user(definition: UserDefinition): EmulatorUser {
    assertUser(definition);
    const { id, pat = randomId(this.#parts.options.randomBytes) } = definition;
    this.#users.set(id, { ...definition, pat });
    addUser(this.#parts.world, { ...definition, pat });
    this.#parts.keeper?.changed();
    return { userId: id, pat };
  }

  url(url: string, content: Uint8Array | number): void {
    assertString(url, 'url', { nonEmpty: true });
    if (typeof content === 'number') assertInteger(content, 'content', { min: 400, max: 599 });
    else if (!ArrayBuffer.isView(content))
      throw invalidArgument('content', 'bytes or an HTTP status from 400 to 599', content);
    this.#parts.world.urls.seed(url, content);
  }

  archive(versionId: string, content: ArchiveContent): void {
    assertString(versionId, 'versionId', { nonEmpty: true });
    if (typeof content !== 'function' && !ArrayBuffer.isView(content))
      throw invalidArgument('content', 'bytes or a function that gives them in pieces', content);
    this.#parts.world.archives.set(versionId, content);
  }

  script(method: MethodName, steps: readonly FaultStep[]): void {
    this.#parts.faults.script(method, steps);
  }

  rule(method: MethodName, step: FaultStep): FaultRule {
    return this.#parts.faults.rule(method, step);
  }

  pendingScripts(): PendingScript[] {
    return this.#parts.faults.pending();
  }

  assertNoPending(): void {
    this.#parts.faults.assertNonePending();
  }

  requests<Name extends MethodName>(filter: { readonly method?: Name } = {}): RecordedRequest<Name>[] {
    assertObject(filter, 'filter', ['method']);
    return this.#parts.log.list(filter.method);
  }

  inputBytes(inputId: string): Uint8Array | undefined {
    return this.#parts.world.app(this.userId, this.appId)?.inputs.get(inputId)?.bytes;
  }

  advance(byMs: number): void {
    assertNumber(byMs, 'byMs', { min: 0 });
    const { clock } = this.#parts.options;
    if (!('advance' in clock))
      throw invalidArgument('options.clock', 'a clock that can be advanced, such as createManualClock()', clock);
    const { advance } = clock;
    assertFunction(advance, 'options.clock.advance');
    Reflect.apply(advance, clock, [byMs]);
  }

  async seed(seed: EmulatorSeed): Promise<void> {
    const { dispatcher, world } = this.#parts;
    const { userId, appId } = this;
    const principal = { kind: 'session', userId, ...everything } as const;
    await plant(seed, (method, request) =>
      dispatcher.perform(method, { userAppId: { userId, appId }, ...request }, principal),
    );
    world.app(userId, appId)?.inputs.settle();
  }

  snapshot(): EmulatorSnapshot {
    const { world } = this.#parts;
    const snapshot = { takenAtMs: world.clock.now() };
    this.#snapshots.set(snapshot, world.copyState());
    return snapshot;
  }

  restore(snapshot: EmulatorSnapshot): void {
    assertObject(snapshot, 'snapshot');
    const state = this.#snapshots.get(snapshot);
    if (state === undefined) throw invalidArgument('snapshot', 'a snapshot of this emulator', snapshot);
    // A copy again, so that the snapshot stays what it is.
    this.#parts.world.setState(copyGraph(state));
    this.#parts.keeper?.changed();
  }

  reset(): void {
    const { world, faults, log, rateLimit, keeper } = this.#parts;
    keeper?.changed();
    faults.clear();
    log.clear();
    rateLimit?.clear();
    world.clear();
    world.urls.forget();
    seedWorld(world, this);
    for (const definition of this.#users.values()) addUser(world, definition);
    for (const definition of this.#models.values()) registerModel(world, definition, this);
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function assertUser(definition: UserDefinition): void {
  assertObject(definition, 'user', ['id', 'pat', 'primaryEmail']);
  assertString(definition.id, 'user.id', { nonEmpty: true });
  if (definition.pat !== undefined) assertString(definition.pat, 'user.pat', { nonEmpty: true, hideValue: true });
  if (definition.primaryEmail !== undefined) assertString(definition.primaryEmail, 'user.primaryEmail');
}

function baseOf(host: string, port: number, isTls: boolean): string {
  if (!isTls) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  // By name: TLS has no server names that are addresses, and Node warns of clients that send one.
  return `https://${host === '127.0.0.1' || host === '::1' ? 'localhost' : host}:${port}`;
}
