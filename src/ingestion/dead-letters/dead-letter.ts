import type { ClarifaiError } from '../../base/errors';
import type { InputLike, InputLiteral } from '../../inputs/input-like';
import { literalOf } from '../../inputs/literal-of';

/**
 * One line of a file of dead letters: an input that was given up, and why. It holds no bytes: where an input refers to a
 * file or URL the reference is kept, and what it gave as bytes is named in `omitted`.
 *
 * @public
 */
export interface DeadLetter {
  /** Place in the source, from 0. */
  readonly index: number;
  /** Id of the input; absent when none could be made. */
  readonly id?: string | undefined;
  /** Stable name of the failure, such as `INPUT_DOWNLOAD_FAILED`. */
  readonly code: string;
  /** Status code of the service, when the service refused it. */
  readonly statusCode?: number | undefined;
  /** gRPC code of the last request, when that failed. */
  readonly grpcCode?: number | undefined;
  /** What the failure was, in words. */
  readonly description: string;
  /** The service's id of the last request. */
  readonly requestId?: string | undefined;
  /** How often it was sent; more than ten times are not counted. */
  readonly attempts: number;
  /** The input, to be sent again; absent when there was none. */
  readonly input?: InputLiteral | undefined;
  /** Fields of the input that held bytes. */
  readonly omitted?: readonly string[] | undefined;
}

/** What is known of an item that was given up. */
export interface GivenUp {
  readonly index: number;
  readonly id: string | undefined;
  /** As the source gave it. */
  readonly input: InputLike | Error;
  readonly error: ClarifaiError;
  readonly attempts: number;
}

export function toDeadLetter({ index, id, input, error, attempts }: GivenUp): DeadLetter {
  const { code, statusCode, grpcCode, requestId, message } = error;
  const what = { index, id, code, statusCode, grpcCode, description: message, requestId, attempts };
  if (input instanceof Error || !isInput(input)) return what;
  const fields = Object.entries(literalOf(input)).filter(([, value]) => value !== undefined);
  const literal: InputLiteral = Object.fromEntries(fields.filter(([, value]) => isJson(value)));
  const omitted = fields.filter(([, value]) => !isJson(value)).map(([name]) => name);
  return { ...what, input: literal, ...(omitted.length > 0 && { omitted }) };
}

/** A source may give anything. */
function isInput(input: unknown): boolean {
  return typeof input === 'string' || (typeof input === 'object' && input !== null && !Array.isArray(input));
}

/** Whether JSON keeps all of it. Bytes, blobs and other instances of classes it does not. */
function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  const prototype: unknown = Object.getPrototypeOf(value);
  // By shape, for the plain objects of another realm, as in Jest.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && Object.values(value).every(isJson);
}
