import Long from 'long';
import { reflection } from '../../generated/reflection';

/** Messages that are plain JSON in our hands, too. */
const plainJson: ReadonlySet<string> = new Set([
  'google.protobuf.Struct',
  'google.protobuf.Value',
  'google.protobuf.ListValue',
]);

/** A message as JSON with the names of its proto, as in the service's JSON API; fields that are not set are left out. */
export function toProtoJson(typeName: string, message: object): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, jsName, , kind, type, cardinality] of reflection().messages[typeName] ?? []) {
    const value: unknown = Reflect.get(message, jsName);
    if (value === undefined || value === null) continue;
    const toJson = (item: unknown) => valueToJson(kind, type, item);
    if (Array.isArray(value) && cardinality === 'repeated') json[name] = value.map(toJson);
    else if (cardinality === 'map')
      json[name] = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
    else json[name] = toJson(value);
  }
  return json;
}

function valueToJson(kind: string, type: string, value: unknown): unknown {
  if (kind === 'enum') return reflection().enums[type]?.find(([, number]) => number === value)?.[0] ?? value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (kind === 'float' && typeof value === 'number') return shortestFloat(value);
  // 64-bit numbers are strings in JSON.
  if (Long.isLong(value) || kind === 'int64' || kind === 'uint64') return String(value);
  if (kind !== 'message' || typeof value !== 'object' || value === null || plainJson.has(type)) return value;
  if (type === 'google.protobuf.Timestamp') return timestampToJson(value);
  return toProtoJson(type, value);
}

/** The shortest number that is the same in 32 bits, such as 0.9 for 0.8999999761581421. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return shorter;
  }
  return value;
}

function timestampToJson(value: object): string {
  const seconds = Number(Reflect.get(value, 'seconds') ?? 0);
  const nanos = Number(Reflect.get(value, 'nanos') ?? 0);
  return new Date(seconds * 1000 + nanos / 1_000_000).toISOString();
}
