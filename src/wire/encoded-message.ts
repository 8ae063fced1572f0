import type { AnyEncode } from './message-encoder';
import type { Content, Output } from './output';

/**
 * A message that is already encoded. It can stand wherever the message itself can in a request and is then copied in, without
 * a second look at its fields.
 */
export class EncodedMessage {
  // Private, so that it has no keys that could pass for fields.
  readonly #encode: AnyEncode;
  readonly #buffer: Buffer;
  readonly #frame: number;
  readonly #start: number;
  readonly #end: number;
  readonly #pieces: Content['pieces'];
  readonly #deepest: number;

  /** @internal */
  constructor(encode: AnyEncode, { buffer, frame, start, end, pieces }: Content, deepest: number) {
    this.#encode = encode;
    this.#buffer = buffer;
    this.#frame = frame;
    this.#start = start;
    this.#end = end;
    this.#pieces = pieces;
    this.#deepest = deepest;
  }

  /** Length of the encoded message, without the tag and length that precede it inside another message. */
  get byteLength(): number {
    let length = this.#end - this.#start;
    for (const { bytes } of this.#pieces) length += bytes.length;
    return length;
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

  /**
   * Whether the tag of this list and the length precede it.
   *
   * @internal
   */
  isFramed(tag: number): boolean {
    return this.#frame < this.#start && this.#buffer[this.#frame] === tag;
  }

  /**
   * Whether it lies behind another of its type.
   *
   * @internal
   */
  follows(other: EncodedMessage): boolean {
    return this.#frame === other.#end && this.#buffer === other.#buffer && this.#encode === other.#encode;
  }

  /**
   * Adds all from this one to the last, which lie side by side, with what precedes each.
   *
   * @internal
   */
  addFramed(last: EncodedMessage, out: Output): void {
    out.copy(this.#buffer, this.#frame, last.#end);
  }

  /** @internal */
  addTo(out: Output): void {
    out.add(this.#buffer, this.#start, this.#end, this.#pieces);
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
