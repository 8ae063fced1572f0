import Long from 'long';
import type { DeepPartial } from '../../wire/codec';

/** Fields that hold JSON, in which an empty value means something. */
const jsonFields: ReadonlySet<string> = new Set([
  'metadata',
  'structValue',
  'presets',
  'params',
  'hyperParams',
  'modelMetadata',
]);

/**
 * A message without the fields that are not set: the decoder gives every field a value, and a million stored inputs
 * should not keep forty empty ones each.
 */
export function sparse<T extends object>(message: T): DeepPartial<T> {
  const kept: Record<string, unknown> = {};
  // Not Object.entries: this runs for every message of every stored input.
  for (const name in message) {
    const value: unknown = message[name];
    if (!isEmpty(value)) kept[name] = jsonFields.has(name) ? value : sparseValue(value);
  }
  // The fields that are left have the types they had.
  return kept as DeepPartial<T>;
}

function sparseValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sparseValue);
  if (typeof value !== 'object' || value === null || Long.isLong(value) || ArrayBuffer.isView(value)) return value;
  return sparse(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0;
  return Long.isLong(value) && value.isZero();
}
