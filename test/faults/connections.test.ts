import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ConnectionMessage } from '../../src/diagnostics/messages';
import { startPeer } from './http2-server';
import { answerOk, arrived, clientFor, hold, large, rejection, success, until } from './pooled-client';
import { startTcpProxy } from './tcp-proxy';

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
    await using peer = await startPeer(answerOk);
    await using client = clientFor(peer.base, { maxCalls: 1, maxIdleMs: 1000 });
    await Promise.all([client.stub.GetInput({}), client.stub.GetInput({})]);
    const idle = new Set<unknown>();
    const listener = (message: unknown): void => {
      const { state, connection } = message as ConnectionMessage;
      if (state === 'idle') idle.add(connection);
    };
    subscribe('clarifai-grpc:connection', listener);
    await until(() => idle.size === 2);
    unsubscribe('clarifai-grpc:connection', listener);
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
