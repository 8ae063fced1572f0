import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { Clock } from '../../base/clock';
import { GrpcCode } from '../../base/grpc-code';
import type { Connections } from './connections';
import { Deframer } from './deframer';
import { GrpcFailure } from './grpc-failure';
import { pause } from './pause';
import type { WireBreak } from './wire-failure';
import { WireFailure } from './wire-failure';

export interface GrpcStreamOptions {
  /** For answers that are slow on purpose. */
  readonly clock: Clock;
  readonly maxRequestBytes: number;
  /** For calls that end with their connection. */
  readonly connections: Connections;
}

/** Slow answers leave in this many pieces a second. */
const piecesPerSecond = 10;
/** Details travel in a header, of which clients take no more than some kilobytes. */
const longestDetails = 2000;
const answerHeaders = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity,deflate,gzip',
};

/** One gRPC call on an HTTP/2 stream: messages in, messages and a status out. */
export class GrpcStream {
  readonly #stream: ServerHttp2Stream;
  readonly #options: GrpcStreamOptions;
  readonly #deframer: Deframer;
  #controller: AbortController | undefined;
  #isOver = false;
  #isAbandoned = false;
  #bytesPerSecond: number | undefined;

  constructor(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, options: GrpcStreamOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#deframer = new Deframer(options.maxRequestBytes, String(headers['grpc-encoding'] ?? ''));
    // A stream that breaks is a call that is over, which is all there is to know.
    stream.on('error', () => undefined);
    stream.once('close', () => {
      if (!this.#isOver) this.#abandon();
    });
  }

  /** Nothing more can be said to the client. */
  get isOver(): boolean {
    // Streams are closed some time before they say so.
    return this.#isOver || this.#stream.closed || this.#stream.destroyed;
  }

  /** Aborted when the call ends before it was answered. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isAbandoned) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls back with the only message of the request once the client has said all. */
  onMessage(take: (message: Buffer) => void): void {
    let message: Buffer | undefined;
    this.#stream.on('data', (chunk: Buffer) => {
      if (this.isOver) return;
      try {
        for (const one of this.#deframer.push(chunk)) {
          if (message !== undefined) throw new GrpcFailure(GrpcCode.INTERNAL, 'Expected one request message, got more');
          message = one;
        }
      } catch (error) {
        this.fail(error);
      }
    });
    this.#stream.once('end', () => {
      if (this.isOver || this.#stream.aborted) return;
      if (message === undefined || !this.#deframer.isEmpty)
        this.fail(new GrpcFailure(GrpcCode.INTERNAL, 'Expected one whole request message'));
      else take(message);
    });
  }

  /** The messages of the request, read no faster than they are taken. Leaving the loop early leaves the call open. */
  async *messages(): AsyncGenerator<Buffer> {
    const chunks: AsyncIterable<Buffer> = this.#stream.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) yield* this.#deframer.push(chunk);
    if (!this.#deframer.isEmpty) throw new GrpcFailure(GrpcCode.INTERNAL, 'The last message is incomplete');
  }

  /** Lets the messages of the answer trickle. */
  slowDown(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** GOAWAY: this call may end, further ones need another connection, as they do at once when `http2Code` is an error. */
  goAway(http2Code: number): void {
    const { session } = this.#stream;
    if (session !== undefined && !session.destroyed) session.goaway(http2Code, this.#stream.id);
  }

  /** Sends a message; resolves when the client has room for the next. */
  async send(message: Uint8Array): Promise<void> {
    if (this.isOver) return;
    this.#respond();
    const framed = frame(message);
    if (this.#bytesPerSecond !== undefined) return this.#trickle(framed, this.#bytesPerSecond);
    if (!this.#stream.write(framed)) await drained(this.#stream);
  }

  /** Sends the only message of the answer, and success. */
  async answer(message: Uint8Array): Promise<void> {
    if (this.#bytesPerSecond !== undefined) await this.send(message);
    if (this.isOver) return;
    this.#respond();
    this.#end(this.#bytesPerSecond === undefined ? frame(message) : undefined, { 'grpc-status': '0' });
  }

  succeed(): void {
    if (this.isOver) return;
    this.#respond();
    this.#end(undefined, { 'grpc-status': '0' });
  }

  /** Ends the call with a gRPC status, or as the wire failure has it. */
  fail(failure: unknown): void {
    if (this.isOver) return;
    if (failure instanceof WireFailure) return this.#break(failure.wireBreak);
    const { code, details, trailers } =
      failure instanceof GrpcFailure ? failure : new GrpcFailure(GrpcCode.INTERNAL, String(failure));
    const status = { ...trailers, 'grpc-status': String(code), 'grpc-message': toGrpcMessage(details) };
    if (this.#stream.headersSent) return this.#end(undefined, status);
    this.#stream.respond({ ...answerHeaders, ...status }, { endStream: true });
    this.#finish();
  }

  /** Ends a call whose deadline has passed. */
  expire(): void {
    if (this.isOver) return;
    this.fail(new GrpcFailure(GrpcCode.DEADLINE_EXCEEDED, 'Deadline exceeded'));
    this.#abandon();
  }

  #break(wireBreak: WireBreak): void {
    if (wireBreak.kind === 'reset') this.#stream.close(wireBreak.http2Code);
    else if (wireBreak.kind === 'disconnect') this.#options.connections.drop(this.#stream.session);
    // What a black hole swallows is read all the same, so that its connection stays usable for other calls.
    else this.#stream.resume();
  }

  #respond(): void {
    if (!this.#stream.headersSent) this.#stream.respond(answerHeaders, { waitForTrailers: true });
  }

  #end(last: Buffer | undefined, trailers: OutgoingHttpHeaders): void {
    this.#stream.once('wantTrailers', () => this.#stream.sendTrailers(trailers));
    if (last === undefined) this.#stream.end();
    else this.#stream.end(last);
    this.#finish();
  }

  /** Ends the call before it was answered. */
  #abandon(): void {
    this.#isAbandoned = true;
    this.#finish();
    this.#controller?.abort();
  }

  #finish(): void {
    this.#isOver = true;
    // What the client still sends must be read, or the stream never closes.
    if (!this.#stream.readableEnded && !this.#stream.destroyed) this.#stream.resume();
  }

  async #trickle(framed: Buffer, bytesPerSecond: number): Promise<void> {
    const pieceBytes = Math.max(1, Math.floor(bytesPerSecond / piecesPerSecond));
    for (let at = 0; at < framed.length && !this.isOver; at += pieceBytes) {
      await pause(this.#options.clock, (pieceBytes / bytesPerSecond) * 1000, this.signal);
      this.#stream.write(framed.subarray(at, at + pieceBytes));
    }
  }
}

/** Resets the stream of something that is not a gRPC call, with the HTTP status that says why. */
export function refuseHttp(stream: ServerHttp2Stream, httpStatusCode: number): void {
  stream.on('error', () => undefined);
  stream.respond({ ':status': httpStatusCode }, { endStream: true });
  stream.close(constants.NGHTTP2_NO_ERROR);
}

/** Resolves when a stream takes more, or never will. */
async function drained(stream: ServerHttp2Stream): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
  });
}

function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(5 + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, 5);
  return framed;
}

function toGrpcMessage(details: string): string {
  return encodeURI(details.slice(0, longestDetails).toWellFormed());
}
