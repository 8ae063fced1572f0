import { constants } from 'node:http2';
import { methods } from '../../generated/methods';
import { createInvoke } from '../../src/operations/invoke';
import type { Invoke } from '../../src/operations/invoker';
import { resolveStubOptions } from '../../src/options/resolve-stub-options';
import { toAttempt } from '../../src/rpc/attempt';
import { unreadStreamMs } from '../../src/rpc/response-stream';
import { Transport } from '../../src/rpc/transport';
import { V2Stub } from '../../src/rpc/v2-stub';
import { FakeClock } from '../unit/fake-clock';
import { startPeer } from './http2-server';
import type { Peer, PeerCall } from './http2-server';

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });
const message = methods.GenerateModelOutputs.response().encode({ status: { code: 10000 } });
const closed = { name: 'InvalidRequestError', code: 'CLIENT_CLOSED' };

const answerOk = (call: PeerCall): void => {
  call.send(ok);
  call.end();
};

interface Parts {
  readonly transport: Transport;
  readonly stub: V2Stub;
  readonly invoke: Invoke;
  readonly clock: FakeClock;
}

/** A stub and the retry loop on one transport, as the client makes them; their waits pass when the test says so. */
function clientFor(peer: Peer, token?: () => Promise<string>): Parts {
  const clock = new FakeClock();
  const credential = token === undefined ? { pat: 'my-pat' } : { token };
  const transport = new Transport(resolveStubOptions({ base: peer.base, ...credential }), clock);
  const invoke = createInvoke({
    attempt: toAttempt(transport),
    lifetime: transport,
    verbOf: () => 'get',
    clock,
    random: () => 1,
  });
  return { transport, stub: new V2Stub(transport), invoke, clock };
}

/** What a promise rejects with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );

/** Lets a call come to its wait between two attempts; while the first connects, only the connection's watchdog has a timer. */
async function untilWaiting(peer: Peer, clock: FakeClock): Promise<void> {
  while (peer.calls.length === 0 || clock.pending === 0) await new Promise(setImmediate);
}

describe('a client that drains', () => {
  it('waits for a call in backoff and lets it make its next attempt, but refuses new calls', async () => {
    let calls = 0;
    await using peer = await startPeer((call) => (++calls === 1 ? call.end(14, 'gone') : answerOk(call)));
    const { stub, invoke, clock } = clientFor(peer);
    const call = invoke('GetInput', { inputId: 'i' });
    await untilWaiting(peer, clock);
    const closing = stub.close();
    await expect(invoke('GetInput', {})).rejects.toMatchObject(closed);
    await expect(stub.GetInput({})).rejects.toMatchObject(closed);
    await clock.advance(1000);
    expect(await call).toMatchObject({ status: { code: 10000 } });
    await closing;
    expect(calls).toBe(2);
  });

  it('waits for a call that waits for its token', async () => {
    await using peer = await startPeer(answerOk);
    let resolve = (_token: string): void => undefined;
    const { stub } = clientFor(peer, () => new Promise((give) => (resolve = give)));
    const call = stub.GetInput({});
    const closing = stub.close();
    resolve('my-pat');
    expect(await call).toMatchObject({ status: { code: 10000 } });
    await closing;
  });

  it('waits for a stream that is read, as slowly as it may be', async () => {
    await using peer = await startPeer((call) => {
      call.send(message);
      call.send(message);
      call.end();
    });
    const { stub, clock } = clientFor(peer);
    const stream = stub.GenerateModelOutputs({})[Symbol.asyncIterator]();
    expect(await stream.next()).toMatchObject({ done: false });
    const closing = stub.close();
    await clock.advance(unreadStreamMs - 1);
    expect(await stream.next()).toMatchObject({ done: false });
    await clock.advance(unreadStreamMs - 1);
    expect(await stream.next()).toMatchObject({ done: true });
    await closing;
    expect(clock.pending).toBe(0);
  });

  it('cancels a stream that nobody reads any more, and says so to who comes back', async () => {
    await using peer = await startPeer((call) => call.send(message));
    const { stub, clock } = clientFor(peer);
    const stream = stub.GenerateModelOutputs({})[Symbol.asyncIterator]();
    await stream.next();
    const closing = stub.close();
    await clock.advance(unreadStreamMs);
    await closing;
    expect(await (await peer.called).closed).toBe(constants.NGHTTP2_CANCEL);
    await expect(stream.next()).rejects.toMatchObject(closed);
    expect(await stream.next()).toMatchObject({ done: true });
  });
});

describe('a client that aborts', () => {
  it.each<[string, (stub: V2Stub) => Promise<unknown>]>([
    ['unary', (stub) => stub.GetInput({})],
    ['server streaming', (stub) => stub.GenerateModelOutputs({})[Symbol.asyncIterator]().next()],
    ['bidi', (stub) => stub.StreamModelOutputs([{}])[Symbol.asyncIterator]().next()],
  ])('cancels the calls under way, which reject with a typed error: %s', async (_shape, start) => {
    await using peer = await startPeer(() => undefined);
    const { stub } = clientFor(peer);
    const call = rejection(start(stub));
    const held = await peer.called;
    await stub.close({ behaviour: 'abort' });
    expect(await call).toMatchObject(closed);
    expect(await held.closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('ends a wait between two attempts, and leaves no timer behind', async () => {
    await using peer = await startPeer((call) => call.end(14, 'gone'));
    const { stub, invoke, clock } = clientFor(peer);
    const call = rejection(invoke('GetInput', {}));
    await untilWaiting(peer, clock);
    await stub.close({ behaviour: 'abort' });
    expect(await call).toMatchObject(closed);
    expect(clock.pending).toBe(0);
  });

  it('ends a wait for a token that never comes', async () => {
    await using peer = await startPeer(answerOk);
    const { stub } = clientFor(peer, () => new Promise<string>(() => undefined));
    const call = rejection(stub.GetInput({}));
    await stub.close({ behaviour: 'abort' });
    expect(await call).toMatchObject(closed);
    expect(peer.calls).toHaveLength(0);
  });

  it('ends a drain', async () => {
    await using peer = await startPeer(() => undefined);
    const { stub } = clientFor(peer);
    const call = rejection(stub.GetInput({}));
    await peer.called;
    const draining = stub.close();
    await stub.close({ behaviour: 'abort' });
    await draining;
    expect(await call).toMatchObject(closed);
  });
});

describe('closing', () => {
  it('refuses a behaviour that it does not know', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = clientFor(peer).stub;
    await expect(stub.close({ behaviour: 'now' as never })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: "Expected `behaviour` to be one of 'drain', 'abort', got `\"now\"` (string)",
    });
  });
});
