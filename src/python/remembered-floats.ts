import { isDict } from './dict';
import { pythonFloat } from './python-float';

/** A number that Python has as a float, and so writes with a point or an exponent. */
export class Float {
  readonly text: string;

  constructor(readonly value: number) {
    this.text = pythonFloat(value);
  }
}

/** The keys of dicts, and places in lists, whose numbers are floats to Python. */
const floats = new WeakMap<object, ReadonlySet<string>>();

/** A plain value of one that holds Floats: what they were is remembered for as long as the value lives. */
export function rememberFloats(value: unknown): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as [string, unknown][];
  const plain = Array.isArray(value) ? value.map(rememberFloats) : mapped(entries);
  const own = entries.filter(([, item]) => item instanceof Float).map(([key]) => key);
  if (own.length > 0) floats.set(plain, new Set(own));
  return plain;
}

/** A list or dict with Floats in the places of the numbers that were. */
export function withFloats(value: object): object {
  const own = floats.get(value);
  if (own === undefined) return value;
  const wrap = (item: unknown, key: string): unknown =>
    own.has(key) && typeof item === 'number' ? new Float(item) : item;
  if (Array.isArray(value)) return value.map((item, index) => wrap(item, String(index)));
  return isDict(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrap(item, key)])) : value;
}

function mapped(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, item]) => [key, rememberFloats(item)]));
}
