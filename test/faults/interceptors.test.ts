import { constants } from 'node:http2';
import { Metadata } from '@grpc/grpc-js';
import { methods } from '../../generated/methods';
import { InterceptingCall, type Interceptor, RequesterBuilder } from '../../src/rpc/index';
import { V2Stub } from '../../src/rpc/v2-stub';
import { collect } from '../../src/operations/collect';
import { type Peer, type PeerCall, startPeer } from './http2-server';

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });
const passing: Interceptor = (options, next) => new InterceptingCall(next(options));
const adding: Interceptor = (options, next) => {
  const requester = new RequesterBuilder().withStart((metadata, listener, start) => {
    metadata.set('x-added', '1');
    start(metadata, listener);
  });
  return new InterceptingCall(next(options), requester.build());
};

const answerOk = (call: PeerCall): void => {
  call.respond({ 'x-from-header': 'h' });
  call.send(ok);
  call.end(0, '', { 'x-from-trailer': 't' });
};

const withInterceptor = (peer: Peer, interceptor: Interceptor): V2Stub =>
  new V2Stub({ base: peer.base, pat: 'my-pat', interceptors: [interceptor] });

/** Answers by itself, before the call is made. */
const answering =
  (code: number, ...messages: readonly Buffer[]): Interceptor =>
  (options, next) => {
    const requester = new RequesterBuilder()
      .withStart((_, listener) => {
        const header = new Metadata();
        header.set('x-own', '1');
        listener.onReceiveMetadata(header);
        for (const message of messages) listener.onReceiveMessage(message);
        listener.onReceiveStatus({ code, details: 'from the interceptor', metadata: new Metadata() });
      })
      .withSendMessage(() => undefined)
      .withHalfClose(() => undefined);
    return new InterceptingCall(next(options), requester.build());
  };

const answersOfItsOwn: [string, number, object][] = [
  ['refuses', 7, { name: 'PermissionError', grpcCode: 7 }],
  ['ends well without a message', 0, { grpcCode: 12 }],
];

// Without interceptors a call takes a shorter way, on which all other tests are.
describe('a unary call through an interceptor', () => {
  test('is answered, header and trailer included, and carries what the interceptor added', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = withInterceptor(peer, adding);
    const [onHeader, onTrailer] = [jest.fn(), jest.fn()];
    const answer = await stub.GetInput({ inputId: 'i' }, { onHeader, onTrailer });
    expect(answer.status?.code).toBe(10000);
    expect(onHeader).toHaveBeenCalledWith(expect.objectContaining({ 'x-from-header': 'h' }));
    expect(onTrailer).toHaveBeenCalledWith({ 'x-from-trailer': 't' });
    expect(peer.calls[0]?.headers).toMatchObject({ 'x-added': '1', authorization: 'Key my-pat' });
  });

  test.each<[string, (call: PeerCall) => void, object]>([
    ['a status of the service', (call) => call.end(14, 'gone'), { name: 'UnavailableError', grpcCode: 14 }],
    ['an answer without a message', (call) => call.end(), { grpcCode: 12, message: /No message received/ }],
  ])('fails of %s as any call does', async (_, answer, expected) => {
    await using peer = await startPeer(answer);
    await using plain = new V2Stub({ base: peer.base, pat: 'my-pat' });
    await using stub = withInterceptor(peer, passing);
    const { message, ...fields } = expected as { message?: RegExp };
    for (const failed of [plain.GetInput({}), stub.GetInput({})]) {
      const error = await failed.catch((reason: unknown) => reason);
      expect(error).toMatchObject(fields);
      expect((error as Error).message).toMatch(message ?? /gone/);
    }
  });

  test.each(answersOfItsOwn)('ends when the interceptor %s at once, without the service', async (_, code, expected) => {
    await using peer = await startPeer(answerOk);
    await using stub = withInterceptor(peer, answering(code));
    const onHeader = jest.fn();
    await expect(stub.GetInput({}, { onHeader })).rejects.toMatchObject(expected);
    expect(onHeader).toHaveBeenCalledWith({ 'x-own': '1' });
    expect(peer.calls).toEqual([]);
  });

  test('has the answer that the interceptor gives at once', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = withInterceptor(peer, answering(0, Buffer.from(ok)));
    expect((await stub.GetInput({})).status?.code).toBe(10000);
    expect(peer.calls).toEqual([]);
  });

  test('is cancelled at the service when its caller aborts', async () => {
    await using peer = await startPeer(() => undefined);
    await using stub = withInterceptor(peer, passing);
    const controller = new AbortController();
    const aborted = expect(stub.GetInput({}, { signal: controller.signal })).rejects.toBe('enough');
    const call = await peer.called;
    controller.abort('enough');
    await aborted;
    expect(await call.closed).toBe(constants.NGHTTP2_CANCEL);
  });
});

describe('a stream through an interceptor', () => {
  const streams = (stub: V2Stub): AsyncIterable<{ readonly status: object | undefined }>[] => [
    stub.GenerateModelOutputs({}),
    stub.StreamModelOutputs([{}]),
  ];

  test('fails when the interceptor refuses at once, without the service', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = withInterceptor(peer, answering(7));
    for (const stream of streams(stub)) {
      await expect(collect(stream)).rejects.toMatchObject({ name: 'PermissionError', grpcCode: 7 });
    }
    expect(peer.calls).toEqual([]);
  });

  test('has all that the interceptor answers at once', async () => {
    await using peer = await startPeer(answerOk);
    const codec = methods.GenerateModelOutputs.response();
    const messages = ['1', '2', '3'].map((reqId) => Buffer.from(codec.encode({ status: { code: 10000, reqId } })));
    await using stub = withInterceptor(peer, answering(0, ...messages));
    for (const stream of streams(stub)) {
      expect(await collect(stream)).toMatchObject(['1', '2', '3'].map((reqId) => ({ status: { reqId } })));
    }
  });

  test('ends when the interceptor ends it at once', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = withInterceptor(peer, answering(0));
    for (const stream of streams(stub)) expect(await collect(stream)).toEqual([]);
  });
});
