import { constants } from 'node:http2';
import { methods } from '../../generated/methods';
import { V2Stub } from '../../src/rpc/v2-stub';
import { startPeer } from './http2-server';
import type { Peer, PeerCall } from './http2-server';

const requests = methods.StreamModelOutputs.request();
const answers = methods.StreamModelOutputs.response();
const stubFor = (peer: Peer): V2Stub => new V2Stub({ base: peer.base, pat: 'pat-of-a-test' });

/** Answers each request with its model id. */
async function echo(call: PeerCall): Promise<void> {
  for await (const bytes of call.messages()) {
    call.send(answers.encode({ status: { description: requests.decode(bytes).modelId } }));
  }
  call.end();
}

/** A source that counts what is asked of it. */
class Source<Item> implements AsyncIterableIterator<Item> {
  pulled = 0;
  readonly returned: Promise<void>;
  #returned = (): void => undefined;

  constructor(readonly item: (index: number) => Item | Promise<Item>) {
    this.returned = new Promise((resolve) => (this.#returned = resolve));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Item>> {
    return { done: false, value: await this.item(this.pulled++) };
  }

  async return(): Promise<IteratorResult<Item>> {
    this.#returned();
    return { done: true, value: undefined };
  }
}

async function collect(
  stream: AsyncIterable<{ readonly status: { readonly description: string } | undefined }>,
): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const answer of stream) collected.push(answer.status?.description);
  return collected;
}

describe('a bidi call', () => {
  it.each<[string, () => Iterable<{ modelId: string }> | AsyncIterable<{ modelId: string }>]>([
    ['an array', () => [{ modelId: 'a' }, { modelId: 'b' }]],
    [
      'a generator',
      function* () {
        yield { modelId: 'a' };
        yield { modelId: 'b' };
      },
    ],
    [
      'an async generator',
      async function* () {
        yield { modelId: 'a' };
        yield { modelId: 'b' };
      },
    ],
    ['a set', () => new Set([{ modelId: 'a' }, { modelId: 'b' }])],
  ])('takes its requests from %s', async (_what, source) => {
    await using peer = await startPeer(echo);
    await using stub = stubFor(peer);
    expect(await collect(stub.StreamModelOutputs(source()))).toEqual(['a', 'b']);
  });

  it('does not read the source until the answers are asked for', async () => {
    await using peer = await startPeer(echo);
    await using stub = stubFor(peer);
    const source = new Source(() => ({ modelId: 'a' }));
    stub.StreamModelOutputs(source);
    expect(source.pulled).toBe(0);
    expect(peer.calls).toHaveLength(0);
  });

  it('does not read the source faster than the server reads', async () => {
    const messageBytes = 64 * 1024;
    await using peer = await startPeer(() => undefined);
    await using stub = stubFor(peer);
    const text = 'x'.repeat(messageBytes);
    let stalled: () => void = () => undefined;
    const pulledEnough = new Promise<void>((resolve) => (stalled = resolve));
    const source = new Source(async (index) => {
      if (index === 10) stalled();
      return { modelId: text };
    });
    const stream = stub.StreamModelOutputs(source)[Symbol.asyncIterator]();
    const waiting = stream.next();
    await pulledEnough;
    // Whatever could still be pulled without the server reading is pulled within these turns of the event loop.
    for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
    // 1 MiB that grpc-js keeps, the window of the connection, the socket's buffer and the message that waits.
    expect(source.pulled).toBeLessThan(32);
    await stream.return?.();
    await waiting;
    await source.returned;
  });

  it('sends on once the server reads', async () => {
    let read: () => void = () => undefined;
    const mayRead = new Promise<void>((resolve) => (read = resolve));
    await using peer = await startPeer(async (call) => {
      await mayRead;
      await echo(call);
    });
    await using stub = stubFor(peer);
    const large = 'x'.repeat(64 * 1024);
    const source = function* (): Generator<{ modelId: string }> {
      for (let index = 0; index < 100; index++) {
        if (index === 10) read();
        yield { modelId: large };
      }
    };
    expect(await collect(stub.StreamModelOutputs(source()))).toHaveLength(100);
  });

  it('is cancelled by an error of its source, which is what the consumer gets', async () => {
    await using peer = await startPeer(() => undefined);
    await using stub = stubFor(peer);
    const error = new Error('source is broken');
    const source = async function* () {
      yield { modelId: 'a' };
      await peer.called;
      throw error;
    };
    await expect(collect(stub.StreamModelOutputs(source()))).rejects.toBe(error);
    expect(await peer.calls[0]?.closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('fails of what was wrong with a request, also when ending the source throws', async () => {
    await using peer = await startPeer(() => undefined);
    await using stub = stubFor(peer);
    const source: Iterable<{ modelId: string }> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: { modelId: 5 as never } }),
        return: () => {
          throw new Error('the source cannot be ended');
        },
      }),
    };
    await expect(collect(stub.StreamModelOutputs(source))).rejects.toMatchObject({
      message: 'StreamModelOutputs: Expected `modelId` to be a string, got `5` (number)',
    });
  });

  it('is cancelled by a request that cannot be encoded, which ends the source', async () => {
    await using peer = await startPeer(() => undefined);
    await using stub = stubFor(peer);
    const source = new Source((index) => (index === 0 ? { modelId: 'a' } : ({ modelId: 5 } as never)));
    await expect(collect(stub.StreamModelOutputs(source))).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'StreamModelOutputs: Expected `modelId` to be a string, got `5` (number)',
    });
    await source.returned;
    expect(source.pulled).toBe(2);
  });

  it('ends its source when the consumer breaks', async () => {
    await using peer = await startPeer(echo);
    await using stub = stubFor(peer);
    const source = new Source(() => ({ modelId: 'a' }));
    for await (const _ of stub.StreamModelOutputs(source)) break;
    await source.returned;
    expect(await peer.calls[0]?.closed).toBe(constants.NGHTTP2_CANCEL);
  });

  it('ends well when the server has heard enough, and ends its source, also one that waits for ever', async () => {
    await using peer = await startPeer((call) => {
      call.send(answers.encode({ status: { description: 'enough' } }));
      call.end();
    });
    await using stub = stubFor(peer);
    const source = new Source((index) => (index === 0 ? { modelId: 'a' } : new Promise<never>(() => undefined)));
    expect(await collect(stub.StreamModelOutputs(source))).toEqual(['enough']);
    await source.returned;
  });

  it('refuses what is no iterable before anything is sent', async () => {
    await using peer = await startPeer(echo);
    await using stub = stubFor(peer);
    await expect(collect(stub.StreamModelOutputs({ modelId: 'a' } as never))).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: 'Expected `requests` to be an iterable or async iterable, got `Object` (object)',
    });
    expect(peer.calls).toHaveLength(0);
  });
});
