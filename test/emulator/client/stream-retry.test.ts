import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError } from '../../../src/base/errors';
import { type FaultStep, modelMethod } from '../../../src/emulator';
import { collect } from '../../../src/operations/collect';
import { seededRandom } from '../../unit/seeded-random';
import { type Bench, startBench } from './resources/harness';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  bench.emulator.model({
    id: 'm',
    methods: {
      echo: modelMethod({
        input: { items: { iterator: 'str' } },
        output: 'str',
        async *stream({ items }) {
          for await (const item of items) yield item;
        },
      }),
    },
  });
});
afterEach(() => bench[Symbol.asyncDispose]());

const echo = { name: 'echo', input: { items: { iterator: 'str' } }, output: 'str' } as const;
const stream = (items: Iterable<string> | AsyncIterable<string>): AsyncIterable<string> =>
  bench.clarifai.model('m').stream(echo, { items });
const attempts = (): number => bench.emulator.requests({ method: 'StreamModelOutputs' }).length;

const quick = { retry: { notReadyMs: 60_000, baseDelayMs: 100, throttledDelayMs: 100, maxDelayMs: 100 } };

/** What can happen to a stream before its first answer, and after. */
const faults: readonly FaultStep[] = [
  { grpc: 14 },
  { status: StatusCode.MODEL_DEPLOYING },
  { status: StatusCode.CONN_THROTTLED },
  { reset: 7 },
  { disconnect: true },
  { dropAfterCommit: true, reset: 2 },
  { cutAfter: 1 },
  { cutAfter: 3, grpc: 13 },
];

/** Items that come at moments of their own, each of which can be taken once. */
async function* itemsOf(count: number, random: () => number, taken: string[]): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) {
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 4));
    taken.push(`${at}`);
    yield `${at}`;
  }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'whatever happens to a stream, its reader gets each answer once and in order, and each item is read once (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    const steps = Array.from(
      { length: Math.floor(random() * 4) },
      () => faults[Math.floor(random() * faults.length)] ?? 'ok',
    );
    bench.emulator.script('StreamModelOutputs', steps);
    const count = Math.floor(random() * 40) + 1;
    const taken: string[] = [];
    const read: string[] = [];
    const failure = await (async () => {
      for await (const item of stream(itemsOf(count, random, taken))) read.push(item);
    })().catch((error: unknown) => error);
    const all = Array.from({ length: count }, (_, at) => `${at}`);
    expect(taken).toEqual(all.slice(0, taken.length));
    expect(read).toEqual(all.slice(0, read.length));
    if (failure === undefined) expect(read).toEqual(all);
    else expect(failure).toBeInstanceOf(ClarifaiError);
  },
);

test.each<FaultStep>([{ grpc: 14 }, { status: StatusCode.MODEL_DEPLOYING }, { status: StatusCode.CONN_THROTTLED }])(
  'a stream that ends before its first answer with what may be tried again is tried again, with all its items: %j',
  async (fault) => {
    bench.emulator.script('StreamModelOutputs', [fault]);
    const items = ['a', 'b', 'c'];
    expect(await collect(bench.clarifai.model('m').stream(echo, { items }, quick))).toEqual(items);
    expect(attempts()).toBe(2);
  },
);

test('an item that comes while a stream waits for its next attempt is sent by that, also when it is one more than are kept', async () => {
  bench.emulator.script('StreamModelOutputs', [{ status: StatusCode.MODEL_DEPLOYING }]);
  async function* items(): AsyncGenerator<string> {
    for (let at = 0; at < 16; at++) yield `${at}`;
    while (attempts() === 0) await new Promise(setImmediate);
    // The first attempt has failed by now, or is about to.
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (let at = 16; at < 20; at++) yield `${at}`;
  }
  const read = await collect(bench.clarifai.model('m').stream(echo, { items: items() }, quick));
  expect(read).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
  expect(attempts()).toBe(2);
});
