import type { MethodName } from '../../generated/methods';
import { InvalidRequestError, ServerError } from '../base/errors';
import type { Codec, DeepPartial } from '../wire/codec';
import { DecodeError, EncodeError } from '../wire/errors';
import { explainEncodeError } from './explain-encode-error';

/** grpc-js sees bytes only: messages are encoded before a call starts and decoded where they arrive. */
export const bytesAsTheyAre = (bytes: Buffer): Buffer => bytes;

/** @throws InvalidRequestError that names the RPC and the path of the wrong field */
export function encodeRequest<Request>(
  method: MethodName,
  codec: Codec<Request>,
  request: DeepPartial<Request>,
): Buffer {
  try {
    const bytes = codec.encode(request);
    return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    // A value that is no object at all makes the encoder fail in other ways.
    if (!(error instanceof EncodeError) && !(error instanceof TypeError)) throw error;
    const message = `${method}: ${explainEncodeError(codec.typeName, request, error)}`;
    throw new InvalidRequestError(message, {
      code: 'INVALID_ARGUMENT',
      source: 'client',
      category: 'rejected',
      method,
      cause: error,
    });
  }
}

/** @throws ServerError that names the RPC when the answer is not a valid message */
export function decodeResponse<Response>(method: MethodName, codec: Codec<Response>, bytes: Uint8Array): Response {
  try {
    return codec.decode(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = `${method}: the answer (${bytes.length} bytes) is not a valid ${codec.typeName}: ${error.message}`;
    throw new ServerError(message, {
      code: 'INVALID_RESPONSE',
      source: 'client',
      category: 'fatal',
      method,
      cause: error,
    });
  }
}
