import type { AnyEncode } from './message-encoder';
import type { Content } from './output';

/**
 * A message that is already encoded. It can stand wherever the message itself can in a request and is then copied in, without
 * a second look at its fields.
 */
export class EncodedMessage {
  // Private, so that it has no keys that could pass for fields.
  readonly #encode: AnyEncode;
  readonly #content: Content;
  readonly #deepest: number;

  /** @internal */
  constructor(encode: AnyEncode, content: Content, deepest: number) {
    this.#encode = encode;
    this.#content = content;
    this.#deepest = deepest;
  }

  /** Length of the encoded message, without the tag and length that precede it inside another message. */
  get byteLength(): number {
    return this.#content.length;
  }

  /** @internal */
  static is(value: object): value is EncodedMessage {
    return #encode in value;
  }

  /**
   * Tells message types apart: each has its own.
   *
   * @internal
   */
  get encode(): AnyEncode {
    return this.#encode;
  }

  /** @internal */
  get content(): Content {
    return this.#content;
  }

  /**
   * How many levels of messages nest in it.
   *
   * @internal
   */
  get deepest(): number {
    return this.#deepest;
  }
}
