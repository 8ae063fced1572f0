import { setImmediate } from 'node:timers/promises';
import { Input as inputCodec } from '../../generated/codec/core';
import type { Input } from '../../generated/proto/clarifai/api/resources';
import { invalidArgument, invalidRequest } from '../base/assert';
import { ClarifaiError, InvalidRequestError } from '../base/errors';
import { maxRequestBytes } from '../base/limits';
import type { DeepPartial } from '../wire/codec';
import type { EncodedMessage } from '../wire/encoded-message';
import { EncodeError } from '../wire/errors';
import type { InputLike, InputsLike } from './input-like';
import { type BuiltInput, toInput } from './to-input';
import { toUrlInput, UrlInput } from './url-input';

/** An input with its place in the source: built and encoded, or found to be wrong. */
export type PreparedInput =
  | {
      readonly index: number;
      readonly id: string | undefined;
      readonly ok: true;
      /** The message, to be put into a request as it is. */
      readonly message: DeepPartial<Input> & EncodedMessage;
      /** Exact encoded size. */
      readonly encodedBytes: number;
      /** A request may carry one video only. */
      readonly isVideo: boolean;
    }
  | { readonly index: number; readonly id: string | undefined; readonly ok: false; readonly error: ClarifaiError };

/** Makes the id of an input that has none, maybe from its encoded message, or from its place in the source. */
export type MakeId = (content: () => Uint8Array, index: number) => string;

/** Of the inputs in PostInputsRequest and PatchInputsRequest. */
const inputsTag = 18;

/** Inputs that are built before other work of the process gets a turn: well below a millisecond of it. */
export const inputsPerTurn = 128;

/** Builds inputs one by one as they are asked for. What is wrong with one of them does not stop the others. */
export async function* prepareInputs(inputs: InputsLike): AsyncGenerator<PreparedInput, void, undefined> {
  let index = 0;
  for await (const inputLike of inputs) {
    yield prepareInput(inputLike, index++);
    // Inputs that nothing has to wait for would keep timers and signals from their turn.
    if (index % inputsPerTurn === 0) await setImmediate();
  }
}

/** Builds and encodes one input: at once, unless a file or a Blob is to be read. Never throws, nor rejects. */
export function prepareInput(
  inputLike: InputLike | Error,
  index: number,
  makeId?: MakeId,
): PreparedInput | Promise<PreparedInput> {
  try {
    const built = toUrlInput(inputLike) ?? toInput(inputLike, nameOf(index));
    if (!(built instanceof Promise)) return encode(built, index, makeId);
    return built
      .then((loaded) => encode(loaded, index, makeId))
      .catch((error: unknown) => refused(inputLike, index, error));
  } catch (error) {
    return refused(inputLike, index, error);
  }
}

/** What errors call an input. */
function nameOf(index: number): string {
  return `inputs[${index}]`;
}

function encode(built: UrlInput | BuiltInput, index: number, makeId?: MakeId): PreparedInput {
  let id = built instanceof UrlInput ? built.id : built.message.id;
  const addId =
    id === undefined && makeId !== undefined
      ? (content: () => Uint8Array) => ({ id: (id = makeId(content, index)) })
      : undefined;
  const encoded = encodeOnce(built, index, addId);
  const encodedBytes = encoded.byteLength;
  if (encodedBytes > maxRequestBytes) {
    throw invalidArgument(nameOf(index), `at most ${maxRequestBytes} bytes`, encodedBytes);
  }
  return { ok: true, index, id, message: encoded, encodedBytes, isVideo: built.isVideo };
}

// Everything but the raw `data` has been checked field by field.
function encodeOnce(
  built: UrlInput | BuiltInput,
  index: number,
  complete: ((content: () => Uint8Array) => DeepPartial<Input>) | undefined,
): DeepPartial<Input> & EncodedMessage {
  try {
    if (built instanceof UrlInput) return inputCodec.writeOnce(built, UrlInput.write, complete, inputsTag);
    return inputCodec.encodeOnce(built.message, complete, inputsTag);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw invalidArgument(`${nameOf(index)}.data`, `a Data message (${error.expected})`, error.value, { cause: error });
  }
}

/** A Blob that cannot be read, or a getter that throws, is that input's failure too. */
function refused(inputLike: InputLike | Error, index: number, error: unknown): PreparedInput {
  const id = givenId(inputLike);
  const failure =
    error instanceof ClarifaiError
      ? error
      : invalidArgument(nameOf(index), 'an input that can be read', inputLike, { cause: error });
  return { ok: false, index, id, error: id === undefined ? failure : withId(failure, id) };
}

/** In a log of many inputs, the place alone says little. */
function withId(error: ClarifaiError, id: string): ClarifaiError {
  if (!(error instanceof InvalidRequestError) || error.message.includes(id)) return error;
  return invalidRequest(`${error.message} (the input \`${id}\`)`, { code: error.code, cause: error.cause });
}

function givenId(inputLike: InputLike | Error): string | undefined {
  if (typeof inputLike !== 'object' || inputLike === null || !('id' in inputLike)) return undefined;
  return typeof inputLike.id === 'string' ? inputLike.id : undefined;
}
