import { assertInteger } from '../base/assert';
import { byCodePoint } from './text-format';

type Zipped<Lists extends readonly Iterable<unknown>[]> = {
  -readonly [Index in keyof Lists]: Lists[Index] extends Iterable<infer Item> ? Item : never;
};

/** Goes through several lists at once, as far as the shortest, as Python's `zip()` does. */
export function* zip<Lists extends readonly Iterable<unknown>[]>(...lists: Lists): Generator<Zipped<Lists>> {
  const iterators = lists.map((list) => list[Symbol.iterator]());
  while (iterators.length > 0) {
    const items = iterators.map((iterator) => iterator.next());
    if (items.some(({ done }) => done === true)) return;
    yield items.map(({ value }): unknown => value) as Zipped<Lists>;
  }
}

/** The numbers of Python's `range(start, stop, step)`. */
export function range(start: number, stop: number, step = 1): number[] {
  assertInteger(step, 'step');
  const length = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length }, (_, index) => start + index * step);
}

/** `list[start:stop:step]`, also of a text; `undefined` leaves a bound out. */
export function slice(list: string, start: number | undefined, stop: number | undefined, step: number): string;
export function slice<Item>(
  list: readonly Item[],
  start: number | undefined,
  stop: number | undefined,
  step: number,
): Item[];
export function slice(
  list: string | readonly unknown[],
  start: number | undefined,
  stop: number | undefined,
  step: number,
): unknown {
  const items = [...list];
  const { length } = items;
  const bound = (at: number): number => {
    const index = at < 0 ? at + length : at;
    return step > 0 ? Math.min(Math.max(index, 0), length) : Math.min(Math.max(index, -1), length - 1);
  };
  const first = start === undefined ? (step > 0 ? 0 : length - 1) : bound(start);
  const end = stop === undefined ? (step > 0 ? length : -1) : bound(stop);
  const taken = range(first, end, step).map((index) => items[index]);
  return typeof list === 'string' ? taken.join('') : taken;
}

/** Python's order, for `sort`: numbers by value, texts by code point, lists by their first elements that differ. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return byCodePoint(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [one, other] of zip(a as unknown[], b as unknown[])) {
      const order = compare(one, other);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return Number(a) - Number(b);
}

/** `item in whole`, of a text, a list, a set or the keys of a dict. */
export function contains(whole: unknown, item: unknown): boolean {
  if (typeof whole === 'string') return whole.includes(String(item));
  if (Array.isArray(whole)) return whole.includes(item);
  if (whole instanceof Set) return whole.has(item);
  return typeof whole === 'object' && whole !== null && Object.hasOwn(whole, String(item));
}
