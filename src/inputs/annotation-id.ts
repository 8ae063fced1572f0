import { createHash } from 'node:crypto';
import { Annotation as annotationCodec } from '../../generated/codec/core';
import type { Annotation } from '../../generated/proto/clarifai/api/resources';
import { invalidArgument } from '../base/assert';
import type { DeepPartial } from '../wire/codec';
import { EncodeError } from '../wire/errors';

/** 128 bits as hexadecimal digits. */
const idLength = 32;

/** The bytes of an annotation, by which it is known. @throws InvalidRequestError for `data` that is none */
export function annotationBytes(annotation: DeepPartial<Annotation>, name: string): Uint8Array {
  try {
    return annotationCodec.encode(annotation);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw invalidArgument(`${name}.data`, `a Data message (${error.expected})`, error.value, { cause: error });
  }
}

/**
 * The id of an annotation, made from its input and its content, so that the same annotation of the same input never makes a
 * second one.
 *
 * @param occurrence how many annotations of the input before it are the same
 */
export function annotationId(inputId: string, bytes: Uint8Array, occurrence: number): string {
  const hash = createHash('sha256').update(`${inputId}\0${occurrence}\0`).update(bytes);
  return hash.digest('hex').slice(0, idLength);
}
