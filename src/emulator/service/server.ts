import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createSecureServer, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { MethodName } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import { longestDelayMs } from '../../base/assert';
import { systemClock } from '../../base/clock';
import { GrpcCode } from '../../base/grpc-code';
import { Connections } from './connections';
import type { Dispatcher, IncomingCall } from './dispatcher';
import { GrpcFailure } from './grpc-failure';
import type { GrpcStreamOptions } from './grpc-stream';
import { GrpcStream, refuseHttp } from './grpc-stream';
import { parseGrpcTimeout } from './grpc-timeout';
import { watchSession } from './watch-session';

export interface ServerOptions extends Omit<GrpcStreamOptions, 'connections'> {
  readonly host: string;
  readonly port: number;
  readonly keepAlive: boolean;
  /** PEM of the certificate and of its key; without them the server speaks HTTP/2 in the clear. */
  readonly identity: { readonly certificate: string; readonly key: string } | undefined;
}

/** A listening server. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

const methodByPath = new Map(
  (Object.keys(methods) as MethodName[]).map((method) => [methods[method].path, method] as const),
);

// Node's limits are for servers on the open internet; these leave large messages and many streams alone.
const http2Options = {
  maxSessionMemory: Number.MAX_SAFE_INTEGER,
  settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: 0x7fffffff },
};
/** Of a connection, whose streams share it. */
const connectionWindowBytes = 8 * 1024 * 1024;

/**
 * Serves every RPC of the service, straight on HTTP/2: faults reach below what a gRPC server lets its handlers do.
 * Messages stay bytes until the dispatcher takes them.
 */
export async function listen(dispatcher: Dispatcher, options: ServerOptions): Promise<RunningServer> {
  const { identity, keepAlive, host, port } = options;
  const server =
    identity === undefined
      ? createServer(http2Options)
      : createSecureServer({ ...http2Options, cert: identity.certificate, key: identity.key });
  const connections = new Connections();
  connections.track(server, keepAlive);
  const streamOptions = { ...options, connections };
  server.on('session', (session: ServerHttp2Session) => {
    // A connection that breaks concerns its own calls, which end with it.
    session.on('error', () => undefined);
    session.setLocalWindowSize(connectionWindowBytes);
    watchSession(session);
    if (!keepAlive) session.unref();
  });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    serve(dispatcher, stream, headers, streamOptions);
  });
  server.listen(port, host);
  await once(server, 'listening');
  if (!keepAlive) server.unref();

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      connections.dropAll();
      await closed;
    },
  };
}

function serve(
  dispatcher: Dispatcher,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: GrpcStreamOptions,
): void {
  if (headers[':method'] !== 'POST') return refuseHttp(stream, 405);
  if (!headers['content-type']?.startsWith('application/grpc')) return refuseHttp(stream, 415);
  const call = new GrpcStream(stream, headers, options);
  const method = methodByPath.get(headers[':path'] ?? '');
  if (method === undefined)
    return call.fail(new GrpcFailure(GrpcCode.UNIMPLEMENTED, `Unknown method ${headers[':path']}`));
  const incoming: IncomingCall = {
    method,
    metadata: headers,
    wire: call,
    get signal() {
      return call.signal;
    },
  };
  limitTime(call, stream, headers);
  if (methods[method].kind === 'unary') {
    call.onMessage((message) => {
      dispatcher.unary(incoming, message).then(
        (answer) => call.answer(answer).catch(() => undefined),
        (failure: unknown) => call.fail(failure),
      );
    });
  } else {
    const takesStream = methods[method].kind === 'bidi';
    void pump(call, dispatcher.stream(incoming, call.messages(), takesStream));
  }
}

/** Ends a call whose deadline has passed; clients do so, too, and the earlier of both counts. */
function limitTime(call: GrpcStream, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const timeoutMs = parseGrpcTimeout(headers['grpc-timeout']);
  if (timeoutMs === undefined || timeoutMs > longestDelayMs) return;
  const timer = systemClock.setTimer(() => call.expire(), timeoutMs, true);
  stream.once('close', () => timer.cancel());
}

/** Sends what the handler yields no faster than the client takes it. */
async function pump(call: GrpcStream, answers: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const answer of answers) {
      if (call.isOver) return;
      await call.send(answer);
    }
    call.succeed();
  } catch (failure) {
    call.fail(failure);
  }
}
