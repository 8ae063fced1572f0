import { constants } from 'node:http2';
import type { OutgoingHttpHeaders } from 'node:http2';
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { methods } from '../../generated/methods';
import {
  AuthenticationError,
  InvalidRequestError,
  PermissionError,
  ServerError,
  ThrottledError,
  UnavailableError,
} from '../../src/base/errors';
import type { ClarifaiError } from '../../src/base/errors';
import { V2Stub } from '../../src/rpc/v2-stub';
import { frame, startPeer } from './http2-server';
import type { PeerCall } from './http2-server';
import { startTcpProxy } from './tcp-proxy';

// What grpc-js 1.14.7 makes of every fault of the wire. A release that says it in other words fails here.

// grpc-js tells the console about too_many_pings.
setLogVerbosity(logVerbosity.NONE);

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });

interface Expected {
  readonly errorClass: new (...args: never[]) => ClarifaiError;
  readonly code: string;
  readonly grpcCode: number;
  readonly category: string;
  /** Calls that reach the server: 2 where grpc-js sends once more by itself. @default 1 */
  readonly calls?: number;
}

const transientServer = { errorClass: ServerError, code: 'INTERNAL', grpcCode: 13, category: 'transient' };
const unavailable = { errorClass: UnavailableError, code: 'UNAVAILABLE', grpcCode: 14, category: 'transient' };

const http = (status: number): ((call: PeerCall) => void) => {
  const headers: OutgoingHttpHeaders = { ':status': status, 'content-type': 'text/html' };
  return ({ stream }) => {
    stream.respond(headers);
    stream.end('<html></html>');
  };
};

const afterHeaders =
  (code: number) =>
  (call: PeerCall): void => {
    call.respond();
    // The headers are on their way once the stream has written something.
    call.stream.write('', () => call.reset(code));
  };

const faults: readonly (readonly [fault: string, answer: (call: PeerCall) => void, expected: Expected])[] = [
  ['RST_STREAM 0', (call) => call.reset(constants.NGHTTP2_NO_ERROR), transientServer],
  ['RST_STREAM 1', (call) => call.reset(constants.NGHTTP2_PROTOCOL_ERROR), transientServer],
  ['RST_STREAM 2', (call) => call.reset(constants.NGHTTP2_INTERNAL_ERROR), transientServer],
  ['RST_STREAM 7', (call) => call.reset(constants.NGHTTP2_REFUSED_STREAM), { ...unavailable, calls: 2 }],
  [
    'RST_STREAM 8',
    (call) => call.reset(constants.NGHTTP2_CANCEL),
    { errorClass: UnavailableError, code: 'CANCELLED', grpcCode: 1, category: 'transient' },
  ],
  [
    'RST_STREAM 11',
    (call) => call.reset(constants.NGHTTP2_ENHANCE_YOUR_CALM),
    { errorClass: ThrottledError, code: 'RESOURCE_EXHAUSTED', grpcCode: 8, category: 'throttled' },
  ],
  ['RST_STREAM 0 after the headers', afterHeaders(constants.NGHTTP2_NO_ERROR), transientServer],
  ['RST_STREAM 1 after the headers', afterHeaders(constants.NGHTTP2_PROTOCOL_ERROR), transientServer],
  ['RST_STREAM 2 after the headers', afterHeaders(constants.NGHTTP2_INTERNAL_ERROR), transientServer],
  ['RST_STREAM 7 after the headers', afterHeaders(constants.NGHTTP2_REFUSED_STREAM), unavailable],
  [
    'RST_STREAM 8 after the headers',
    afterHeaders(constants.NGHTTP2_CANCEL),
    { errorClass: UnavailableError, code: 'CANCELLED', grpcCode: 1, category: 'transient' },
  ],
  [
    'RST_STREAM 11 after the headers',
    afterHeaders(constants.NGHTTP2_ENHANCE_YOUR_CALM),
    { errorClass: ThrottledError, code: 'RESOURCE_EXHAUSTED', grpcCode: 8, category: 'throttled' },
  ],
  ['GOAWAY and a closed connection', ({ session }) => session.destroy(), unavailable],
  [
    'GOAWAY too_many_pings',
    ({ session, stream }) => {
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, stream.id, Buffer.from('too_many_pings'));
      session.destroy();
    },
    // Node closes the stream with the code of the GOAWAY.
    { errorClass: ThrottledError, code: 'RESOURCE_EXHAUSTED', grpcCode: 8, category: 'throttled' },
  ],
  ['HTTP 429', http(429), { errorClass: ThrottledError, code: 'UNAVAILABLE', grpcCode: 14, category: 'throttled' }],
  ['HTTP 502', http(502), unavailable],
  ['HTTP 503', http(503), unavailable],
  ['HTTP 504', http(504), unavailable],
  ['HTTP 500', http(500), { errorClass: ServerError, code: 'UNKNOWN', grpcCode: 2, category: 'transient' }],
  [
    'HTTP 413',
    http(413),
    { errorClass: InvalidRequestError, code: 'REQUEST_TOO_LARGE', grpcCode: 2, category: 'rejected' },
  ],
  ['HTTP 400', http(400), { errorClass: ServerError, code: 'INTERNAL', grpcCode: 13, category: 'fatal' }],
  ['HTTP 401', http(401), { errorClass: AuthenticationError, code: 'UNAUTHENTICATED', grpcCode: 16, category: 'auth' }],
  ['HTTP 403', http(403), { errorClass: PermissionError, code: 'PERMISSION_DENIED', grpcCode: 7, category: 'auth' }],
  ['HTTP 404', http(404), { errorClass: ServerError, code: 'UNIMPLEMENTED', grpcCode: 12, category: 'fatal' }],
  [
    'an answer without trailers',
    (call) => {
      call.stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      call.stream.end(frame(ok));
    },
    transientServer,
  ],
  [
    'OK without a message',
    (call) => call.end(),
    { errorClass: ServerError, code: 'UNIMPLEMENTED', grpcCode: 12, category: 'transient' },
  ],
  [
    'OK after half a message',
    (call) => {
      call.respond();
      call.stream.write(frame(ok).subarray(0, 7));
      call.end();
    },
    { errorClass: ServerError, code: 'UNIMPLEMENTED', grpcCode: 12, category: 'transient' },
  ],
  [
    'a message that says it is gzip and is not',
    (call) => {
      call.respond({ 'grpc-encoding': 'gzip' });
      call.stream.write(frame(Buffer.from('not gzip'), { compressed: true }));
      call.end();
    },
    { errorClass: ServerError, code: 'INTERNAL', grpcCode: 13, category: 'fatal' },
  ],
  [
    'an answer above the limit',
    (call) => {
      call.send(new Uint8Array(2000));
      call.end();
    },
    { errorClass: InvalidRequestError, code: 'RESPONSE_TOO_LARGE', grpcCode: 8, category: 'rejected' },
  ],
  [
    'RESOURCE_EXHAUSTED of the service',
    (call) => call.end(8, 'slow down'),
    { errorClass: ThrottledError, code: 'RESOURCE_EXHAUSTED', grpcCode: 8, category: 'throttled' },
  ],
];

describe('a fault on the wire', () => {
  it.each(faults)('%s is one typed error that names the RPC', async (_fault, answer, expected) => {
    await using peer = await startPeer(answer);
    await using stub = new V2Stub({ base: peer.base, pat: 'pat-of-a-test', maxReceiveBytes: 1000 });

    const error = (await stub
      .GetInput({ inputId: 'i' }, { timeoutMs: 5000 })
      .catch((thrown: unknown) => thrown)) as ClarifaiError;

    expect({ code: error.code, grpcCode: error.grpcCode, category: error.category }).toEqual({
      code: expected.code,
      grpcCode: expected.grpcCode,
      category: expected.category,
    });
    expect(error).toBeInstanceOf(expected.errorClass);
    expect(error.message).toMatch(/^GetInput /);
    expect(peer.calls).toHaveLength(expected.calls ?? 1);
  });

  it('a stream hands out what came before the fault, and then the error', async () => {
    await using peer = await startPeer((call) => {
      call.send(methods.GenerateModelOutputs.response().encode({ status: { code: 10000 } }));
      call.end(14, 'going away');
    });
    await using stub = new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });
    const stream = stub.GenerateModelOutputs({ modelId: 'm' })[Symbol.asyncIterator]();

    expect(await stream.next()).toMatchObject({ done: false, value: { status: { code: 10000 } } });
    await expect(stream.next()).rejects.toMatchObject({ name: 'UnavailableError', method: 'GenerateModelOutputs' });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it.each(['fin', 'reset'] as const)(
    'a connection that is cut (%s) is an UnavailableError, and the next call has a new one',
    async (how) => {
      let cut = true;
      await using peer = await startPeer(async (call) => {
        if (cut) proxy.cut(how);
        else {
          call.send(ok);
          call.end();
        }
      });
      await using proxy = await startTcpProxy(peer.port);
      await using stub = new V2Stub({ base: proxy.base, pat: 'pat-of-a-test' });

      await expect(stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).rejects.toMatchObject({
        name: 'UnavailableError',
        category: 'transient',
      });
      cut = false;
      expect(await stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).toMatchObject({ status: { code: 10000 } });
      expect(proxy.accepted).toBe(2);
    },
  );

  it('nobody listening is an UnavailableError that was certainly not processed', async () => {
    const peer = await startPeer(() => undefined);
    await peer[Symbol.asyncDispose]();
    await using stub = new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });

    await expect(stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).rejects.toMatchObject({
      name: 'UnavailableError',
      notProcessed: true,
    });
  });

  it('a proxy that the environment names is not asked for a loopback host', async () => {
    await using peer = await startPeer((call) => {
      call.send(ok);
      call.end();
    });
    const proxies = {
      https_proxy: 'http://127.0.0.1:1',
      http_proxy: 'http://127.0.0.1:1',
      grpc_proxy: 'http://127.0.0.1:1',
    };
    const before = { ...process.env };
    Object.assign(process.env, proxies);
    try {
      await using stub = new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });
      expect(await stub.GetInput({ inputId: 'i' }, { timeoutMs: 5000 })).toMatchObject({ status: { code: 10000 } });
    } finally {
      for (const name of Object.keys(proxies)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('an answer that is not protobuf is a ServerError that names the RPC and the message', async () => {
    await using peer = await startPeer((call) => {
      call.send(Buffer.from([0x0a, 0xff]));
      call.end();
    });
    await using stub = new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });

    await expect(stub.GetInput({ inputId: 'i' })).rejects.toMatchObject({
      name: 'ServerError',
      code: 'INVALID_RESPONSE',
      message: expect.stringMatching(/^GetInput: .*clarifai\.api\.SingleInputResponse/) as string,
    });
  });
});
