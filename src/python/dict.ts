/** What Python would call a dict: an object of no class of its own. */
export function isDict(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // One of another realm, as in Jest, has an Object.prototype of its own.
  return prototype === null || (Object.getPrototypeOf(prototype) === null && !Array.isArray(value));
}

/** Anything that can be looped over but a string, which is never meant. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** A dict with other values. It has no prototype, so that every key is a key, `__proto__` included. */
export function mapValues(
  dict: Readonly<Record<string, unknown>>,
  map: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  const mapped = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(dict)) mapped[key] = map(value, key);
  return mapped;
}
