import { setTimeout as sleep } from 'node:timers/promises';
import { toAttempt } from '../../src/rpc/attempt';
import { startPeer } from './http2-server';
import { answerOk, arrived, clientFor, hold, rejection } from './pooled-client';

const closed = { name: 'InvalidRequestError', code: 'CLIENT_CLOSED' };

describe('a call for which there is no room', () => {
  const one = { max: 1, maxCalls: 1 };

  it('waits, in the order of the calls, and its attempt begins when it has a connection', async () => {
    await using peer = await startPeer(hold);
    await using client = clientFor(peer.base, one);
    const attempt = toAttempt(client.transport);
    const calls = ['first', 'second', 'third'].map((inputId) =>
      attempt('GetInput', { inputId }, { timeoutMs: 10_000 }, { remainingMs: 60_000 }),
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
