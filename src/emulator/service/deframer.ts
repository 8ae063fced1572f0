import { gunzipSync, inflateSync } from 'node:zlib';
import { GrpcCode } from '../../base/grpc-code';
import { GrpcFailure } from './grpc-failure';

const headBytes = 5;
const decompressors: ReadonlyMap<string, typeof gunzipSync> = new Map([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
]);

/** Takes gRPC's length-prefixed messages out of the bytes of a stream. */
export class Deframer {
  readonly #maxBytes: number;
  readonly #encoding: string;
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** Bytes of the message under way, its head included; `undefined` until the head is here. */
  #wanted: number | undefined;

  constructor(maxBytes: number, encoding: string) {
    this.#maxBytes = maxBytes;
    this.#encoding = encoding;
  }

  /** True between two messages. */
  get isEmpty(): boolean {
    return this.#buffered === 0;
  }

  /**
   * The messages that a chunk completes, each a copy: a chunk is a view of the socket's read buffer, and a message may be
   * kept for long.
   *
   * @throws GrpcFailure for a message that is too large, before its bytes are here, or whose compression is unknown
   */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    for (;;) {
      this.#wanted ??= this.#readHead();
      if (this.#wanted === undefined || this.#buffered < this.#wanted) return;
      yield this.#take(this.#wanted);
      this.#wanted = undefined;
    }
  }

  #readHead(): number | undefined {
    if (this.#buffered < headBytes) return undefined;
    const [first = Buffer.alloc(0)] = this.#chunks;
    const head = first.length >= headBytes ? first : Buffer.concat(this.#chunks, headBytes);
    const length = head.readUInt32BE(1);
    this.#assertFits(length);
    return headBytes + length;
  }

  #take(count: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    const isOneChunk = this.#chunks.length === 1;
    const whole = isOneChunk ? first : Buffer.concat(this.#chunks, this.#buffered);
    const rest = whole.subarray(count);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#buffered = rest.length;
    const message = whole.subarray(headBytes, count);
    if (whole[0] !== 0) return this.#decompress(message);
    // What was put together is a copy already, unless it holds more than this message.
    return isOneChunk || rest.length > 0 ? Buffer.from(message) : message;
  }

  #decompress(message: Buffer): Buffer {
    const decompress = decompressors.get(this.#encoding);
    if (decompress === undefined) throw undecodable(this.#encoding);
    try {
      return decompress(message, { maxOutputLength: Math.max(this.#maxBytes, 1) });
    } catch (error) {
      // By code: in Jest the errors of Node's own modules are of another realm's classes.
      const isTooLarge =
        typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      if (isTooLarge) this.#assertFits(Number.POSITIVE_INFINITY);
      throw new GrpcFailure(GrpcCode.INTERNAL, 'The compressed message is damaged');
    }
  }

  #assertFits(length: number): void {
    if (length <= this.#maxBytes) return;
    const size = Number.isFinite(length) ? String(length) : 'decompressed';
    throw new GrpcFailure(
      GrpcCode.RESOURCE_EXHAUSTED,
      `Received message larger than max (${size} vs. ${this.#maxBytes})`,
    );
  }
}

function undecodable(encoding: string): GrpcFailure {
  return encoding === '' || encoding === 'identity'
    ? new GrpcFailure(GrpcCode.INTERNAL, 'Compressed message without a grpc-encoding')
    : new GrpcFailure(GrpcCode.UNIMPLEMENTED, `The grpc-encoding ${encoding} is not supported`);
}
