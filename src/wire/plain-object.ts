import { EncodeError } from './errors';

/** An object literal, or what JSON.parse makes, of this or another realm: no class instance, array, Map, Date ... */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * What may stand for a message: also an instance of a caller's class. An array, Date, Map, Promise ... would read as a
 * message without fields, which is never what was meant.
 */
export function isMessageObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]' && typeof value === 'object';
}

/** The keys of a map or Struct in sorted order, so that equal requests have equal bytes. */
export function sortedKeys(entries: object): string[] {
  if (!isPlainObject(entries)) throw new EncodeError('a plain object', entries);
  return Object.keys(entries).sort();
}
