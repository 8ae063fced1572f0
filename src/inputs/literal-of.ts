import { isAnyArrayBuffer, isNativeError } from 'node:util/types';
import { isPlainObject } from '../wire/plain-object';
import type { InputLike, InputLiteral } from './input-like';
import { mediaKindOfMimeType } from './media-kind';

/**
 * The long form of an input: what is not given as a literal is its one medium.
 *
 * @throws the Error that stands in place of an input
 */
export function literalOf(inputLike: InputLike | Error): InputLiteral {
  if (typeof inputLike === 'string') return { url: inputLike };
  // Before all the questions to which a literal answers no.
  if (typeof inputLike !== 'object' || inputLike === null || isPlainObject(inputLike)) return inputLike;
  if (inputLike instanceof Uint8Array || isAnyArrayBuffer(inputLike)) return { bytes: inputLike };
  if (inputLike instanceof URL) return { url: inputLike.href };
  if (inputLike instanceof Blob) return { [mediaKindOfMimeType(inputLike.type) ?? 'image']: inputLike };
  // By its kind: an error of another realm, as in Jest, is not an instance of ours.
  if (isNativeError(inputLike)) throw inputLike;
  return inputLike;
}
