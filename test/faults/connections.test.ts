import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { methods } from '../../generated/methods';
import { connectTimeoutMs } from '../../src/channel/watchdog';
import { silenceMs } from '../../src/channel/connection';
import type { ConnectionMessage } from '../../src/diagnostics/messages';
import { createInvoke } from '../../src/operations/invoke';
import type { Invoke } from '../../src/operations/invoker';
import type { ConnectionOptions } from '../../src/options/connection-options';
import { resolveStubOptions } from '../../src/options/resolve-stub-options';
import { toAttempt } from '../../src/rpc/attempt';
import { Transport } from '../../src/rpc/transport';
import { V2Stub } from '../../src/rpc/v2-stub';
import { FakeClock } from '../unit/fake-clock';
import { type Peer, type PeerCall, startPeer } from './http2-server';
import { startTcpProxy } from './tcp-proxy';

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });
const success = { status: { code: 10000 } };
const closed = { name: 'InvalidRequestError', code: 'CLIENT_CLOSED' };
const large = { inputs: [{ data: { image: { base64: new Uint8Array(300_000) } } }] };

const answerOk = (call: PeerCall): void => {
  call.send(ok);
  call.end();
};
const hold = (): void => undefined;

interface Parts extends AsyncDisposable {
  readonly stub: V2Stub;
  readonly transport: Transport;
  readonly invoke: Invoke;
  readonly clock: FakeClock;
}

/** A stub and the retry loop on one transport, whose waits and connections age when the test says so. */
function clientFor(base: string, connections: ConnectionOptions = {}): Parts {
  const clock = new FakeClock();
  const transport = new Transport(resolveStubOptions({ base, pat: 'my-pat', connections, keepaliveMs: null }), clock);
  const attempt = toAttempt(transport);
  const invoke = createInvoke({ attempt, lifetime: transport, verbOf: () => 'get', clock, random: () => 1 });
  const stub = new V2Stub(transport);
  return { stub, transport, invoke, clock, [Symbol.asyncDispose]: () => stub.close({ behaviour: 'abort' }) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}

const arrived = (peer: Peer, calls: number): Promise<void> => until(() => peer.calls.length === calls);
/** What a promise rejects with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );

describe('the connections of a client', () => {
  it('are one for a hundred calls at a time, and two for one more', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base);
    const calls = Array.from({ length: 100 }, () => rejection(client.stub.GetInput({})));
    await arrived(peer, 100);
    expect(peer.sessions).toHaveLength(1);
    calls.push(rejection(client.stub.GetInput({})));
    await arrived(peer, 101);
    expect(peer.sessions).toHaveLength(2);
    peer.calls.forEach(answerOk);
    expect(await Promise.all(calls)).toEqual(calls.map(() => 'resolved'));
  });

  it('are as many as there are large requests at a time, up to `max`', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base, { max: 2 });
    const calls = [1, 2, 3].map(() => client.stub.PostInputs(large));
    await arrived(peer, 3);
    expect(peer.sessions).toHaveLength(2);
    peer.calls.forEach(answerOk);
    await Promise.all(calls);
  });

  it('are closed when they are idle', async () => {
    const idle = new Set<number>();
    const listener = (message: unknown): void => {
      const { state, connection } = message as ConnectionMessage;
      if (state === 'idle') idle.add(connection);
    };
    subscribe('clarifai-grpc:connection', listener);
    try {
      await using peer = await startPeer(answerOk);
      await using client = clientFor(peer.base, { maxCalls: 1, maxIdleMs: 1000 });
      await Promise.all([client.stub.GetInput({}), client.stub.GetInput({})]);
      await until(() => idle.size === 2);
    } finally {
      unsubscribe('clarifai-grpc:connection', listener);
    }
  });

  it('are replaced when they are old, and the calls on the old ones go on', async () => {
    await using peer = await startPeer((call) => (peer.calls.length === 1 ? undefined : answerOk(call)));
    await using client = clientFor(peer.base, { maxAgeMs: 1000 });
    const held = client.stub.GetInput({});
    await arrived(peer, 1);
    await client.clock.advance(1001);
    expect(await client.stub.GetInput({})).toMatchObject(success);
    expect(peer.sessions).toHaveLength(2);
    peer.calls.slice(0, 1).forEach(answerOk);
    expect(await held).toMatchObject(success);
    await until(() => peer.sessions[0]?.closed === true);
  });

  it('are not trusted when they were idle for long, as in a process that was frozen', async () => {
    await using peer = await startPeer(answerOk);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base, { maxIdleMs: 60_000 });
    await client.stub.GetInput({});
    proxy.blackHole();
    await client.clock.advance(60_001);
    expect(await client.stub.GetInput({}, { timeoutMs: 10_000 })).toMatchObject(success);
    expect(proxy.accepted).toBe(2);
  });
});

describe('a call for which there is no room', () => {
  const one = { max: 1, maxCalls: 1 };

  it('waits, in the order of the calls, and its attempt begins when it has a connection', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base, one);
    const attempt = toAttempt(client.transport);
    const calls = ['first', 'second', 'third'].map((inputId) =>
      attempt('GetInput', { inputId }, { timeoutMs: 10_000 }, 60_000),
    );
    await arrived(peer, 1);
    await sleep(1000);
    for (const index of [0, 1, 2]) {
      await arrived(peer, index + 1);
      peer.calls.slice(index).forEach(answerOk);
      await calls[index];
    }
    const timeouts = peer.calls.map(({ headers }) => Number.parseInt(String(headers['grpc-timeout']), 10));
    // Milliseconds that the attempts had when they were sent.
    expect(Math.min(...timeouts)).toBeGreaterThan(9200);
    expect(peer.sessions).toHaveLength(1);
  });

  it('fails when its time is over, of an error which says that nothing was sent', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base, one);
    const held = rejection(client.stub.GetInput({}));
    await arrived(peer, 1);
    await expect(client.stub.GetInput({}, { timeoutMs: 20 })).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      source: 'client',
      notProcessed: true,
      message: expect.stringMatching(/no connection had room/) as string,
    });
    const stream = client.stub.GenerateModelOutputs({}, { timeoutMs: 20 })[Symbol.asyncIterator]();
    await expect(stream.next()).rejects.toMatchObject({ name: 'DeadlineExceededError', source: 'client' });
    peer.calls.forEach(answerOk);
    expect(await held).toBe('resolved');
    expect(peer.calls).toHaveLength(1);
  });

  it('is never sent when it is aborted, and leaves its place to the next', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base, one);
    const held = rejection(client.stub.GetInput({}));
    await arrived(peer, 1);
    const controller = new AbortController();
    const aborted = rejection(client.stub.GetInput({}, { signal: controller.signal }));
    const stream = client.stub.GenerateModelOutputs({})[Symbol.asyncIterator]();
    const unread = stream.next();
    const next = rejection(client.stub.GetInput({ inputId: 'next' }));
    controller.abort('changed my mind');
    expect(await aborted).toBe('changed my mind');
    await stream.return?.();
    expect(await unread).toEqual({ done: true, value: undefined });
    peer.calls.forEach(answerOk);
    expect(await held).toBe('resolved');
    await arrived(peer, 2);
    peer.calls.slice(1).forEach(answerOk);
    expect(await next).toBe('resolved');
    expect(peer.calls.map(({ path }) => path)).toEqual(['/clarifai.api.V2/GetInput', '/clarifai.api.V2/GetInput']);
  });

  it('is waited for by a client that drains, and refused by one that aborts', async () => {
    await using peer = await startPeer(hold);
    const draining = clientFor(peer.base, one);
    const calls = [draining.stub.GetInput({}), draining.stub.GetInput({})];
    await arrived(peer, 1);
    const closing = draining.stub.close();
    peer.calls.forEach(answerOk);
    await arrived(peer, 2);
    peer.calls.slice(1).forEach(answerOk);
    await Promise.all(calls);
    await closing;

    const aborting = clientFor(peer.base, one);
    const refused = [rejection(aborting.stub.GetInput({})), rejection(aborting.stub.GetInput({}))];
    await arrived(peer, 3);
    await aborting.stub.close({ behaviour: 'abort' });
    expect(await Promise.all(refused)).toMatchObject([closed, closed]);
    expect(peer.calls).toHaveLength(3);
    expect(aborting.clock.pending).toBe(0);
  });
});

describe('the watchdog', () => {
  it('gives up a connection that is accepted and never speaks HTTP/2, and its calls are made on another', async () => {
    await using peer = await startPeer(answerOk);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    proxy.mute = true;
    const call = client.invoke('GetInput', { inputId: 'i' });
    await until(() => proxy.accepted === 1);
    proxy.mute = false;
    await client.clock.advance(connectTimeoutMs);
    await until(() => client.clock.pending > 0);
    await client.clock.advance(1000);
    expect(await call).toMatchObject(success);
    expect(proxy.accepted).toBe(2);
  });

  it('fails a call on such a connection with an error which says that nothing was sent', async () => {
    await using peer = await startPeer(hold);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    proxy.mute = true;
    const call = rejection(client.stub.PostInputs({}));
    await until(() => proxy.accepted === 1);
    await client.clock.advance(connectTimeoutMs);
    expect(await call).toMatchObject({ name: 'UnavailableError', category: 'transient', notProcessed: true });
  });

  it('replaces a connection that says nothing while a call runs out of time', async () => {
    await using peer = await startPeer(answerOk);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    await client.stub.GetInput({});
    proxy.blackHole();
    const call = rejection(client.stub.GetInput({}, { timeoutMs: 500 }));
    await client.clock.advance(silenceMs);
    expect(await call).toMatchObject({ name: 'DeadlineExceededError' });
    expect(await client.stub.GetInput({}, { timeoutMs: 10_000 })).toMatchObject(success);
    expect(proxy.accepted).toBe(2);
  });

  it('counts the silence over several calls, however short their time', async () => {
    await using peer = await startPeer(answerOk);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    await client.stub.GetInput({});
    proxy.blackHole();
    for (let call = 0; call < 2; call++) {
      await client.clock.advance(silenceMs);
      expect(await rejection(client.stub.GetInput({}, { timeoutMs: 20 }))).toMatchObject({
        name: 'DeadlineExceededError',
      });
    }
    expect(await client.stub.GetInput({}, { timeoutMs: 10_000 })).toMatchObject(success);
    expect(proxy.accepted).toBe(2);
  });

  it('keeps a connection that answers other calls while one runs out of time', async () => {
    await using peer = await startPeer((call) => (peer.calls.length === 1 ? undefined : answerOk(call)));
    await using client = clientFor(peer.base);
    const call = rejection(client.stub.GetInput({}, { timeoutMs: 1000 }));
    await arrived(peer, 1);
    await client.clock.advance(silenceMs);
    await client.stub.GetInput({});
    expect(await call).toMatchObject({ name: 'DeadlineExceededError' });
    await client.stub.GetInput({});
    expect(peer.sessions).toHaveLength(1);
  });

  it('tells of every state of a connection, and why it was retired', async () => {
    const told: ConnectionMessage[] = [];
    const listener = (message: unknown): void => void told.push(message as ConnectionMessage);
    subscribe('clarifai-grpc:connection', listener);
    try {
      await using peer = await startPeer(answerOk);
      await using client = clientFor(peer.base, { maxAgeMs: 1000 });
      await client.stub.GetInput({});
      await client.clock.advance(1001);
      await client.stub.GetInput({});
      await client.stub.close();
      expect(told.map(({ connection, state, reason }) => [connection, state, reason])).toEqual([
        [1, 'connecting', undefined],
        [1, 'ready', undefined],
        [1, 'retired', 'age'],
        [1, 'closed', undefined],
        [2, 'connecting', undefined],
        [2, 'ready', undefined],
        [2, 'closed', undefined],
      ]);
      expect(told[0]).toEqual({ connection: 1, address: `127.0.0.1:${peer.port}`, state: 'connecting', calls: 1 });
    } finally {
      unsubscribe('clarifai-grpc:connection', listener);
    }
  });
});
