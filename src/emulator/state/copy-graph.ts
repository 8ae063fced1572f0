import Long from 'long';

/** Copies a value; the same object always becomes the same copy. */
export type Copy = <T>(value: T) => T;

/** A class with #private fields, which nobody else can copy. */
export interface Stateful<State> {
  /** All that changes, as it is: not a copy. */
  toState(): State;
  /** Another one, for the same surroundings, that is in this state. */
  withState(state: State): Stateful<State>;
}

/**
 * A copy of a graph of plain objects, arrays, maps, sets and class instances that shares nothing that can change with the
 * original. Functions, bytes and 64-bit numbers do not change, and are shared.
 */
export function copyGraph<T>(root: T): T {
  const copies = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Long.isLong(value)) return value;
    if (!copies.has(value)) copyObject(value, copy as Copy, (made) => copies.set(value, made));
    return copies.get(value);
  };
  return (copy as Copy)(root);
}

/** @param remember called before the contents are copied, which may refer back */
function copyObject(value: object, copy: Copy, remember: (made: object) => void): void {
  if (Array.isArray(value)) {
    const made: unknown[] = [];
    remember(made);
    for (const item of value) made.push(copy<unknown>(item));
  } else if (value instanceof Map) {
    const made = new Map<unknown, unknown>();
    remember(made);
    for (const [key, item] of value) made.set(copy<unknown>(key), copy<unknown>(item));
  } else if (value instanceof Set) {
    const made = new Set<unknown>();
    remember(made);
    for (const item of value) made.add(copy<unknown>(item));
  } else if (isStateful(value)) {
    remember(value.withState(copy(value.toState())));
  } else {
    const made = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
    remember(made);
    for (const [name, item] of Object.entries(value)) made[name] = copy<unknown>(item);
  }
}

export function isStateful(value: object): value is Stateful<object> {
  return 'toState' in value && typeof value.toState === 'function';
}
