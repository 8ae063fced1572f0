import { Input as inputCodec } from '../../generated/codec/core';
import type { Input } from '../../generated/proto/clarifai/api/resources';
import { defaultChunkBytes, maxRequestBytes } from '../base/limits';
import { chunk } from '../operations/chunk';
import type { DeepPartial } from '../wire/codec';

/** A length-delimited field of up to 2^28 bytes: one byte of tag and four of length. */
const bytesToIntroduce = 5;

/**
 * Cuts Input messages for the raw stub into lists that fit one request each: at most 128, full at 16 MiB as encoded, a video
 * by itself. Order is kept, and the source is read no further than the list at hand needs.
 *
 * @throws InvalidRequestError with index and id of an input that is larger than a request, before its list is handed out
 * @example
 * for await (const inputs of chunkInputs(source)) await stub.PostInputs({ userAppId, inputs });
 */
export function chunkInputs<Message extends DeepPartial<Input>>(
  inputs: Iterable<Message> | AsyncIterable<Message>,
): AsyncGenerator<readonly Message[], void, undefined> {
  return chunk(inputs, {
    maxBytes: maxRequestBytes,
    targetBytes: defaultChunkBytes,
    sizeOf: (input) => inputCodec.size(input) + bytesToIntroduce,
    isSolitary: (input) => input.data?.video !== undefined,
    idOf: (input) => input.id,
    name: 'inputs',
  });
}
