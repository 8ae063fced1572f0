import Long from 'long';
import { isStateful } from '../state/copy-graph';
import { classNames } from './class-names';

/** Marks what stands for an instance of a class, which a file can hold only the fields of. */
export const classKey = '@class';

/** What stands for an instance of a class. */
export interface Frozen {
  readonly [classKey]: string;
  readonly state: unknown;
}

/**
 * A graph as the structured clone algorithm takes it: maps, sets, bytes, plain objects, and what stands for instances of
 * classes and for functions. The same object always becomes the same object.
 */
export function freeze(root: unknown): unknown {
  const frozen = new Map<object, unknown>();
  const visit = (value: unknown): unknown => {
    if (typeof value === 'function') return { [classKey]: 'Function', state: {} };
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (!frozen.has(value)) freezeObject(value, visit, (made) => frozen.set(value, made));
    return frozen.get(value);
  };
  return visit(root);
}

/** @param remember called before the contents are visited, which may refer back */
function freezeObject(value: object, visit: (value: unknown) => unknown, remember: (made: object) => void): void {
  if (Array.isArray(value)) {
    const made: unknown[] = [];
    remember(made);
    for (const item of value) made.push(visit(item));
  } else if (value instanceof Map) {
    const made = new Map<unknown, unknown>();
    remember(made);
    for (const [key, item] of value) made.set(visit(key), visit(item));
  } else if (value instanceof Set) {
    const made = new Set<unknown>();
    remember(made);
    for (const item of value) made.add(visit(item));
  } else {
    const name = Long.isLong(value) ? 'Long' : classOf(value);
    const fields: Record<string, unknown> = {};
    remember(name === undefined ? fields : { [classKey]: name, state: fields });
    const state = isStateful(value) ? value.toState() : value;
    for (const [key, item] of Object.entries(state)) fields[key] = visit(item);
  }
}

/** `undefined` for a plain object, unless it could be taken for what stands for an instance. */
function classOf(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  const name = prototype === null ? 'Object' : (classNames.get(prototype) ?? prototype.constructor.name);
  return name === 'Object' && !(classKey in value) ? undefined : name;
}
