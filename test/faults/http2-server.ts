import { createServer, constants } from 'node:http2';
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** One gRPC call as a server sees it that decides about every frame itself. */
export interface PeerCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly stream: ServerHttp2Stream;
  readonly session: ServerHttp2Session;
  /** The messages as they arrive; nothing is read from the stream before this is iterated. */
  messages(): AsyncGenerator<Buffer>;
  /** Response headers with `:status` 200 and the gRPC content type, unless others are given. */
  respond(headers?: OutgoingHttpHeaders): void;
  send(message: Uint8Array): void;
  /** Trailers; with headers first, if those were not sent. */
  end(grpcStatus?: number, details?: string, trailers?: OutgoingHttpHeaders): void;
  /** RST_STREAM with this code. */
  reset(code: number): void;
  /** The code that the stream was closed with. */
  readonly closed: Promise<number>;
}

export interface Peer extends AsyncDisposable {
  readonly base: string;
  readonly port: number;
  /** Calls that arrived so far, in order. */
  readonly calls: readonly PeerCall[];
  readonly sessions: readonly ServerHttp2Session[];
  /** The first call, once it has arrived. */
  readonly called: Promise<PeerCall>;
}

const grpcHeaders = { ':status': 200, 'content-type': 'application/grpc' };

/** Starts an HTTP/2 server on a free loopback port that leaves the answer to each call to `answer`. */
export async function startPeer(answer: (call: PeerCall) => void | Promise<void>): Promise<Peer> {
  const calls: PeerCall[] = [];
  const sessions: ServerHttp2Session[] = [];
  let arrived: (call: PeerCall) => void = () => undefined;
  const called = new Promise<PeerCall>((resolve) => (arrived = resolve));
  const server = createServer();
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const call = toPeerCall(stream, headers);
    calls.push(call);
    arrived(call);
    // A client that cancels also ends the iteration over what it sends.
    const swallow = (error: unknown): void => {
      if (!stream.destroyed) throw error;
    };
    void (async () => answer(call))().catch(swallow);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    calls,
    sessions,
    called,
    [Symbol.asyncDispose]: async () => {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A message in gRPC's framing: a flag, the length, the bytes. */
export function frame(message: Uint8Array, { compressed = false }: { compressed?: boolean } = {}): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed ? 1 : 0);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function toPeerCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): PeerCall {
  const closed = new Promise<number>((resolve) => stream.once('close', () => resolve(stream.rstCode ?? 0)));
  const respond = (own: OutgoingHttpHeaders = {}): void => {
    if (!stream.headersSent) stream.respond({ ...grpcHeaders, ...own }, { waitForTrailers: true });
  };
  return {
    path: String(headers[constants.HTTP2_HEADER_PATH]),
    headers,
    stream,
    session: stream.session as ServerHttp2Session,
    closed,
    messages: () => unframe(stream),
    respond,
    send: (message) => {
      respond();
      stream.write(frame(message));
    },
    end: (grpcStatus = 0, details = '', trailers = {}) => {
      respond();
      stream.on('wantTrailers', () =>
        stream.sendTrailers({ 'grpc-status': String(grpcStatus), 'grpc-message': encodeURI(details), ...trailers }),
      );
      stream.end();
    },
    reset: (code) => stream.close(code),
  };
}

async function* unframe(stream: ServerHttp2Stream): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 5 && pending.length >= 5 + pending.readUInt32BE(1)) {
      const end = 5 + pending.readUInt32BE(1);
      yield pending.subarray(5, end);
      pending = pending.subarray(end);
    }
  }
}
