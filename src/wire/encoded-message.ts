import type { AnyEncode } from './message-encoder';
import type { Content } from './output';

/**
 * A message that is already encoded. It can stand wherever the message itself can in a request and is then copied in, without
 * a second look at its fields.
 */
export class EncodedMessage {
  // Private, so that it has no keys that could pass for fields.
  readonly #parts: EncodedParts;

  /** @internal */
  constructor(parts: EncodedParts) {
    this.#parts = parts;
  }

  /** Length of the encoded message, without the tag and length that precede it inside another message. */
  get byteLength(): number {
    return this.#parts.content.length;
  }

  /** @internal */
  static partsOf(value: object): EncodedParts | undefined {
    return #parts in value ? value.#parts : undefined;
  }
}

export interface EncodedParts {
  /** Tells message types apart: each has its own. */
  readonly encode: AnyEncode;
  readonly content: Content;
  /** How many levels of messages nest in it. */
  readonly deepest: number;
}
