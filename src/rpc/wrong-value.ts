import { EncodeError } from '../wire/errors';
import { encodeValue } from '../wire/well-known';
import { Writer } from '../wire/writer';

type ScalarKind = Parameters<Writer['present']>[2];

/** What the encoder would rather have than this scalar, in its own words; `undefined` when it takes it. */
export function wrongScalar(kind: string, value: unknown): string | undefined {
  return refusal((writer) => writer.present(8, value, (kind === 'enum' ? 'int32' : kind) as ScalarKind));
}

/** The same for a value inside a Struct; what is inside an array or object is not looked at. */
export function wrongJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return undefined;
  const shape: unknown = isObject(value) ? Object.create(Object.getPrototypeOf(value) as object | null) : value;
  return refusal((writer) => encodeValue(shape, writer));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function refusal(encode: (writer: Writer) => void): string | undefined {
  try {
    encode(new Writer());
    return undefined;
  } catch (error) {
    if (error instanceof EncodeError) return error.expected;
    throw error;
  }
}
