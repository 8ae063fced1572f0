import { silenceMs } from '../../src/channel/connection';
import { connectTimeoutMs } from '../../src/channel/watchdog';
import { startPeer } from './http2-server';
import { answerOk, arrived, clientFor, hold, large, listening, rejection, success, until } from './pooled-client';
import { startTcpProxy } from './tcp-proxy';

describe('a connection that cannot be made', () => {
  it('is passed over while there is another', async () => {
    await using peer = await startPeer(hold);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    const first = client.stub.PostInputs(large);
    await arrived(peer, 1);
    proxy.refuse();
    await expect(client.stub.PostInputs(large)).rejects.toMatchObject({ name: 'UnavailableError', notProcessed: true });
    const next = client.stub.PostInputs(large);
    await arrived(peer, 2);
    peer.calls.forEach(answerOk);
    await Promise.all([first, next]);
    expect(peer.sessions).toHaveLength(1);
  });

  it('is given up after a while, and the next call has a new one', async () => {
    await using peer = await startPeer(answerOk);
    await using proxy = await startTcpProxy(peer.port);
    await using client = clientFor(proxy.base);
    proxy.leave();
    const told = await listening(async () => {
      await expect(client.stub.GetInput({})).rejects.toMatchObject({ name: 'UnavailableError' });
      await client.clock.advance(connectTimeoutMs);
      proxy.comeBack();
      expect(await client.stub.GetInput({}, { timeoutMs: 10_000 })).toMatchObject(success);
    });
    expect(told).toEqual(
      expect.arrayContaining([
        [1, 'failing'],
        [1, 'retired', 'stuck'],
        [2, 'ready'],
      ]),
    );
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
    await using peer = await startPeer(answerOk);
    const told = await listening(async () => {
      await using client = clientFor(peer.base, { maxAgeMs: 1000 });
      await client.stub.GetInput({});
      await client.clock.advance(1001);
      await client.stub.GetInput({});
      await client.stub.close();
    });
    expect(told).toEqual([
      [1, 'connecting'],
      [1, 'ready'],
      [1, 'retired', 'age'],
      [1, 'closed'],
      [2, 'connecting'],
      [2, 'ready'],
      [2, 'closed'],
    ]);
  });
});
