import { constants } from 'node:http2';
import { getEventListeners } from 'node:events';
import { methods } from '../../generated/methods';
import { V2Stub } from '../../src/rpc/v2-stub';
import { startPeer } from './http2-server';
import type { Peer } from './http2-server';

const message = methods.GenerateModelOutputs.response().encode({ status: { code: 10000 } });
const silent = (): void => undefined;
const stubFor = (peer: Peer): V2Stub => new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });

/** What a promise rejects with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (reason: unknown) => reason,
  );

describe('a call that its caller ends', () => {
  it('reaches the server as RST_STREAM CANCEL when a loop over the answers breaks', async () => {
    await using peer = await startPeer((call) => call.send(message));
    await using stub = stubFor(peer);
    for await (const answer of stub.GenerateModelOutputs({})) {
      expect(answer.status?.code).toBe(10000);
      break;
    }
    expect(await (await peer.called).closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('is cancelled at once by return(), also while next() waits for an answer that never comes', async () => {
    await using peer = await startPeer(silent);
    await using stub = stubFor(peer);
    const stream = stub.GenerateModelOutputs({})[Symbol.asyncIterator]();
    const waiting = stream.next();
    const call = await peer.called;
    await stream.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await call.closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('is not made when the stream of its answers is closed before it is read', async () => {
    await using peer = await startPeer(silent);
    await using stub = stubFor(peer);
    const stream = stub.GenerateModelOutputs({})[Symbol.asyncIterator]();
    await stream.return?.();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(peer.calls).toHaveLength(0);
  });

  it.each<[string, (stub: V2Stub, signal: AbortSignal) => Promise<unknown>]>([
    ['GetInput', (stub, signal) => stub.GetInput({}, { signal })],
    [
      'GenerateModelOutputs',
      (stub, signal) => stub.GenerateModelOutputs({}, { signal })[Symbol.asyncIterator]().next(),
    ],
    ['StreamModelOutputs', (stub, signal) => stub.StreamModelOutputs([{}], { signal })[Symbol.asyncIterator]().next()],
  ])('is not left open at the server, however soon it is aborted: %s', async (name, start) => {
    await using peer = await startPeer((call) => {
      if (!call.path.endsWith('/ListInputs')) return;
      call.send(methods.ListInputs.response().encode({}));
      call.end();
    });
    await using stub = stubFor(peer);
    await stub.ListInputs({});
    for (let ticks = 0; ticks < 20; ticks++) {
      const controller = new AbortController();
      const waiting = rejection(start(stub, controller.signal));
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      controller.abort(new Error('at once'));
      expect(await waiting).toEqual(new Error('at once'));
    }
    // What was opened in spite of it has come before a later call.
    await new Promise(setImmediate);
    await stub.ListInputs({});
    const opened = peer.calls.filter(({ path }) => path.endsWith(`/${name}`));
    expect(opened.length).toBeGreaterThan(0);
    for (const { closed } of opened) expect(await closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it.each<[string, (stub: V2Stub, signal: AbortSignal) => Promise<unknown>]>([
    ['unary', (stub, signal) => stub.GetInput({}, { signal })],
    ['server streaming', (stub, signal) => stub.GenerateModelOutputs({}, { signal })[Symbol.asyncIterator]().next()],
    ['bidi', (stub, signal) => stub.StreamModelOutputs([{}], { signal })[Symbol.asyncIterator]().next()],
  ])('rejects with the reason of its signal, is cancelled, and lets go of the signal: %s', async (_shape, start) => {
    await using peer = await startPeer(silent);
    await using stub = stubFor(peer);
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const waiting = rejection(start(stub, controller.signal));
    const call = await peer.called;
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await call.closed).toBe(constants.NGHTTP2_CANCEL);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);

    const early = rejection(start(stub, controller.signal));
    expect(await early).toBe(reason);
    expect(peer.calls).toHaveLength(1);
  });

  it('lets go of its signal when it has ended well', async () => {
    await using peer = await startPeer((call) => {
      call.send(message);
      call.end();
    });
    await using stub = stubFor(peer);
    const { signal } = new AbortController();
    await stub.GetInput({}, { signal });
    for await (const _ of stub.GenerateModelOutputs({}, { signal }));
    for await (const _ of stub.StreamModelOutputs([{}], { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('can be aborted while it waits for a token, and then sends nothing', async () => {
    await using peer = await startPeer(silent);
    await using stub = new V2Stub({ base: peer.base, token: () => new Promise<string>(silent) });
    const controller = new AbortController();
    const waiting = rejection(stub.GetInput({}, { signal: controller.signal }));
    controller.abort('no');
    expect(await waiting).toBe('no');
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(peer.calls).toHaveLength(0);
  });
});

describe('a deadline', () => {
  it.each<[string, (stub: V2Stub) => Promise<unknown>]>([
    ['unary', (stub) => stub.GetInput({}, { timeoutMs: 30 })],
    ['server streaming', (stub) => stub.GenerateModelOutputs({}, { timeoutMs: 30 })[Symbol.asyncIterator]().next()],
    ['bidi', (stub) => stub.StreamModelOutputs([{}], { timeoutMs: 30 })[Symbol.asyncIterator]().next()],
  ])('ends a call that is not answered with a DeadlineExceededError: %s', async (_shape, start) => {
    await using peer = await startPeer(silent);
    await using stub = stubFor(peer);
    await expect(start(stub)).rejects.toMatchObject({ name: 'DeadlineExceededError', grpcCode: 4, source: 'grpc' });
  });

  it('counts the time that the token takes', async () => {
    await using peer = await startPeer(silent);
    await using stub = new V2Stub({ base: peer.base, token: () => new Promise<string>(silent) });
    await expect(stub.GetInput({}, { timeoutMs: 20 })).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      source: 'client',
      notProcessed: true,
    });
  });
});

describe('a callback that throws', () => {
  it.each(['onHeader', 'onTrailer'] as const)('%s fails the call instead of the process', async (name) => {
    await using peer = await startPeer((call) => {
      call.send(message);
      call.end();
    });
    await using stub = stubFor(peer);
    const error = new Error('from a callback');
    const options = {
      [name]: () => {
        throw error;
      },
    };
    expect(await rejection(stub.GetInput({}, options))).toBe(error);
    const drain = async (): Promise<void> => {
      for await (const _ of stub.GenerateModelOutputs({}, options));
    };
    expect(await rejection(drain())).toBe(error);
  });
});
