import { defaultChunkBytes } from '../base/limits';
import type { InputLike, InputsLike } from '../inputs/input-like';
import { mustBeRead } from '../inputs/load-media';
import { type PreparedInput, prepareInput } from '../inputs/prepare-inputs';

/**
 * The inputs as one chunk, when they are a list that fits one request and nothing in it has to be read first; `undefined` for
 * all others, which are to be chunked as they come. Most calls are about a few inputs and need no more than this.
 */
export function oneChunk(inputs: InputsLike, maxItems: number): readonly PreparedInput[] | undefined {
  if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > maxItems) return undefined;
  const list: readonly InputLike[] = inputs;
  // Of its length at once: one that grows would have room for seventeen.
  const chunk = new Array<PreparedInput>(list.length);
  let bytes = 0;
  for (const [index, inputLike] of list.entries()) {
    const input = mustBeRead(inputLike) ? undefined : prepareInput(inputLike, index);
    if (input === undefined || input instanceof Promise) return undefined;
    if (input.ok) bytes += input.encodedBytes;
    const isLone = list.length === 1;
    if (!isLone && (bytes > defaultChunkBytes || (input.ok && input.isVideo))) return undefined;
    chunk[index] = input;
  }
  return chunk;
}
