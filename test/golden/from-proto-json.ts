import { reflection } from '../../generated/reflection';
import type { FieldRow } from '../../generated/reflection';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Well-known types whose JSON form is already the form that our codecs take. */
const asTheyAre = ['Struct', 'Value', 'ListValue', 'BoolValue', 'Int32Value', 'UInt64Value'].map(
  (name) => `google.protobuf.${name}`,
);

/** Turns the JSON form of a message, with proto field names, into the plain object that our codecs take. */
export function fromProtoJson(typeName: string, json: unknown): object {
  const rows = reflection().messages[typeName];
  if (rows === undefined) throw new Error(`${typeName} is no message of these protos`);
  const byName = new Map(rows.map((row) => [row[0], row]));
  return Object.fromEntries(
    Object.entries(json as Record<string, Json>).map(([name, value]) => {
      const row = byName.get(name);
      if (row === undefined) throw new UnknownFieldError(`${typeName}.${name}`);
      return [row[1], fieldValue(row, value)];
    }),
  );
}

/** The recording was made with newer protos than those that are pinned here. */
export class UnknownFieldError extends Error {
  constructor(readonly field: string) {
    super(`${field} is no field of these protos`);
  }
}

function fieldValue(row: FieldRow, value: Json): unknown {
  const [, , , kind, type, cardinality] = row;
  if (cardinality === 'repeated') return (value as readonly Json[]).map((item) => single(kind, type, item));
  if (cardinality === 'map') {
    const entries = Object.entries(value as Record<string, Json>);
    return Object.fromEntries(entries.map(([key, item]) => [key, single(kind, type, item)]));
  }
  return single(kind, type, value);
}

function single(kind: string, type: string, value: Json): unknown {
  if (kind === 'bytes') return Buffer.from(value as string, 'base64');
  if (kind === 'enum' && typeof value === 'string')
    return reflection().enums[type]?.find(([name]) => name === value)?.[1];
  if ((kind === 'float' || kind === 'double') && typeof value === 'string') return Number(value);
  if (kind !== 'message' || asTheyAre.includes(type)) return value;
  return type === 'google.protobuf.Timestamp' ? timestamp(value as string) : fromProtoJson(type, value);
}

function timestamp(text: string): { seconds: number; nanos: number } {
  const [, whole = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return { seconds: Date.parse(`${whole}Z`) / 1000, nanos: Number(fraction.padEnd(9, '0')) };
}
