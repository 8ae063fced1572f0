import type { MethodName } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { FieldRow } from '../../../generated/reflection';
import { reflection } from '../../../generated/reflection';
import { Reader } from '../../wire/reader';
import { refuse } from '../answers';

/**
 * Looks through a request that could be decoded for what the service would pass over or says not to use.
 *
 * @throws Refusal that names the first field that the protos do not have, or call deprecated
 */
export function assertStrict(method: MethodName, request: Uint8Array): void {
  const typeName = reflection().methods[method]?.[1] ?? '';
  walk(new Reader(request), request.length, typeName, '');
}

function walk(reader: Reader, end: number, typeName: string, path: string): void {
  const fields = reflection().messages[typeName] ?? [];
  const deprecated = reflection().deprecated[typeName] ?? [];
  const seen = new Map<number, number>();
  while (reader.pos < end) {
    const tag = reader.tag(end);
    const number = tag >>> 3;
    const field = fields.find((one) => one[2] === number);
    if (field === undefined) throw wrong(`Unknown field ${number} in ${path === '' ? typeName : path}`);
    const index = seen.get(number) ?? 0;
    seen.set(number, index + 1);
    const place = placeOf(field, index, path);
    if (deprecated.includes(number)) throw wrong(`The field ${place} is deprecated`);
    readField(reader, tag, end, field, place);
  }
}

function readField(reader: Reader, tag: number, end: number, field: FieldRow, place: string): void {
  const [, , , kind, type, cardinality] = field;
  // The fields of an entry of a map are its key and its value, and what they hold is the user's own.
  if (kind !== 'message' || cardinality === 'map' || type.startsWith('google.')) reader.skip(tag, end);
  else reader.message(end, (inner, innerEnd) => walk(inner, innerEnd, type, place));
}

function placeOf([name, , , , , cardinality]: FieldRow, index: number, path: string): string {
  const step = cardinality === 'repeated' ? `${name}[${index}]` : name;
  return path === '' ? step : `${path}.${step}`;
}

function wrong(details: string): Error {
  return refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `${details}.`, 'Invalid request');
}
