import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { ServerDuplexStream, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import type { MethodName } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import type { Dispatcher, IncomingCall } from './dispatcher';
import type { GrpcFailure } from './grpc-failure';

/** What all three shapes of a server call have in common. */
interface AnyCall {
  readonly metadata: Metadata;
  once(event: 'cancelled', listener: () => void): unknown;
}
type Writable = ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>;

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly maxRequestBytes: number;
  readonly keepAlive: boolean;
}

/** A listening server. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves every RPC of the service; messages stay bytes until the dispatcher takes them. */
export async function listen(dispatcher: Dispatcher, options: ServerOptions): Promise<RunningServer> {
  const grpc = new Server({
    'grpc.max_receive_message_length': options.maxRequestBytes,
    'grpc.max_send_message_length': -1,
    'grpc.enable_channelz': 0,
  });
  for (const method of Object.keys(methods) as MethodName[]) register(grpc, dispatcher, method);

  // The sockets are ours, not grpc-js's: it has no way to unref them, and close() must not wait for idle clients.
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A connection that breaks concerns its own calls, which grpc-js ends.
    socket.on('error', () => undefined);
    injector.injectConnection(socket);
    if (!options.keepAlive) socket.unref();
  });
  listener.listen(options.port, options.host);
  await once(listener, 'listening');
  if (!options.keepAlive) listener.unref();

  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      const closed = listener.listening ? once(listener.close(), 'close') : undefined;
      grpc.forceShutdown();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function register(grpc: Server, dispatcher: Dispatcher, method: MethodName): void {
  const { kind, path } = methods[method];
  const incoming = (call: AnyCall): IncomingCall => {
    const controller = new AbortController();
    call.once('cancelled', () => controller.abort());
    return { method, metadata: call.metadata.getMap(), signal: controller.signal };
  };

  const unary = (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
    dispatcher.unary(incoming(call), call.request).then(
      (answer) => callback(null, toBuffer(answer)),
      (failure: GrpcFailure) => callback(toStatus(failure)),
    );
  };
  const serverStreaming = (call: ServerWritableStream<Buffer, Buffer>) => {
    void pump(call, dispatcher.stream(incoming(call), single(call.request), false));
  };
  const bidi = (call: ServerDuplexStream<Buffer, Buffer>) => {
    void pump(call, dispatcher.stream(incoming(call), arrivingOn(call), true));
  };

  const handlers = { unary, serverStreaming, bidi };
  const type = { unary: 'unary', serverStreaming: 'serverStream', bidi: 'bidi' }[kind];
  grpc.register<Buffer, Buffer>(path, handlers[kind], asIs, asIs, type);
}

/** Sends what the handler yields no faster than the client takes it. */
async function pump(call: Writable, answers: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const answer of answers) {
      if (call.cancelled) return;
      if (!call.write(toBuffer(answer))) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
    }
    call.end();
  } catch (failure) {
    call.emit('error', toStatus(failure as GrpcFailure));
  }
}

async function* single(message: Uint8Array): AsyncGenerator<Uint8Array> {
  yield message;
}

/** The client's messages. Leaving the loop early must not destroy the call: its answers go the same way. */
async function* arrivingOn(call: ServerDuplexStream<Buffer, Buffer>): AsyncGenerator<Uint8Array> {
  call.once('cancelled', () => call.destroy());
  for await (const message of call.iterator({ destroyOnReturn: false })) yield message as Buffer;
}

function toStatus({ code, details, trailers }: GrpcFailure): { code: number; details: string; metadata: Metadata } {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return { code, details, metadata };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
