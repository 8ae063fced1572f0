import { invalidArgument } from '../base/assert';

/** A byte order mark is part of the text, as everything else in it. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that bytes hold; other encodings than UTF-8 would be taken apart silently. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw invalidArgument(name, 'a text in UTF-8', bytes, { cause: error });
  }
}
