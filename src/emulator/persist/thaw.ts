import { types } from 'node:util';
import Long from 'long';
import { AppState } from '../state/app-state';
import { InputCounts } from '../state/input-counts';
import { InputStore } from '../state/input-store';
import { InputsAddJob } from '../state/inputs-add-job';
import { Timeline } from '../state/timeline';
import type { WorldOptions } from '../state/world';
import type { Frozen } from './freeze';
import { classKey } from './freeze';

const { isMap, isSet } = types;

// Sanctioned casts: these are the fields that `freeze` has found in an instance of the class.
type Revive = (state: never, options: WorldOptions) => unknown;

/** How an instance of each class comes back from its fields, in an emulator that was started with these options. */
const revivers: Readonly<Record<string, Revive>> = {
  Object: (fields: object) => fields,
  // The only functions in a state are models that the user has registered.
  Function: () => registerAgain,
  Long: ({ low, high, unsigned }: Long) => new Long(low, high, unsigned),
  Timeline: (state: ReturnType<Timeline<unknown>['toState']>) => new Timeline(0).withState(state),
  InputCounts: (fields: InputCounts) => Object.assign(new InputCounts(), fields),
  InputsAddJob: ({ id, createdAtMs, ...fields }: InputsAddJob) =>
    Object.assign(new InputsAddJob(id, createdAtMs), fields),
  InputStore: (state: ReturnType<InputStore['toState']>, { clock, lifecycle }) =>
    new InputStore(clock, lifecycle).withState(state),
  // Where media is hosted is another matter after a restart.
  AppState: ({ userId, message, isPublic, mediaBase: _mediaBase, ...fields }: AppState, options) =>
    Object.assign(new AppState(userId, message, isPublic, options), fields),
};

/**
 * What `freeze` was given, but for functions, which throw. All of it is made anew: in Jest, what comes out of Node's deserializer is of
 * another realm, and no `Map` to this one.
 *
 * @throws Error for a class that this version does not know
 */
export function thaw(root: unknown, options: WorldOptions): unknown {
  const thawed = new Map<object, unknown>();
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (!thawed.has(value)) thawObject(value, visit, options, (made) => thawed.set(value, made));
    return thawed.get(value);
  };
  return visit(root);
}

/** @param remember called before the contents are visited, which may refer back */
function thawObject(
  value: object,
  visit: (value: unknown) => unknown,
  options: WorldOptions,
  remember: (made: unknown) => void,
): void {
  if (ArrayBuffer.isView(value)) {
    remember(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (isFrozen(value)) {
    remember(revive(value, visit, options));
  } else if (Array.isArray(value)) {
    const made: unknown[] = [];
    remember(made);
    for (const item of value) made.push(visit(item));
  } else if (isMap(value)) {
    const made = new Map<unknown, unknown>();
    remember(made);
    for (const [key, item] of value) made.set(visit(key), visit(item));
  } else if (isSet(value)) {
    const made = new Set<unknown>();
    remember(made);
    for (const item of value) made.add(visit(item));
  } else {
    const made: Record<string, unknown> = {};
    remember(made);
    for (const [key, item] of Object.entries(value)) made[key] = visit(item);
  }
}

function registerAgain(): never {
  throw new Error('This model was registered with an emulator that has ended: register it again');
}

/** Nothing that stands for an instance refers back to itself. */
function revive(frozen: Frozen, visit: (value: unknown) => unknown, options: WorldOptions): unknown {
  const name = frozen[classKey];
  const reviver = Object.hasOwn(revivers, name) ? revivers[name] : undefined;
  if (reviver === undefined) throw new Error(`It holds a ${name}, which this version does not know`);
  const { state } = frozen;
  const fields = Object.entries(state as object).map(([key, item]): [string, unknown] => [key, visit(item)]);
  return reviver(Object.fromEntries(fields) as never, options);
}

function isFrozen(value: object): value is Frozen {
  return classKey in value;
}
