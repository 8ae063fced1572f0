import { constants } from 'node:http2';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator';
import type { FaultStep } from '../../../src/emulator/service/fault-step';
import type { InputLike } from '../../../src/inputs/input-like';
import { type InputsCall, startInputService } from './input-service';
import { expectAllLoaded, idsInEmulator, idsOf, item, items, loaded, quick } from './load';

// A machine that is busy may take long over what is repeated many times.
jest.setTimeout(60_000);

let emulator: Emulator;
let clarifai: Clarifai;

beforeEach(async () => {
  emulator = await startEmulator({ seed: 7 });
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  await clarifai.close({ behaviour: 'abort' });
  await emulator.close();
});

const idsOnServer = (): Promise<string[]> => idsInEmulator(emulator, clarifai);

describe('an ingestion loses nothing and doubles nothing', () => {
  it.each<[string, readonly FaultStep[]]>([
    ['when UNAVAILABLE comes in bursts', [14, 14, 14, 14, 'ok', 'ok', 14, 14, 14, 'ok', 14]],
    [
      'when answers are lost after the work was done',
      Array.from({ length: 12 }, (_, n) => ({ dropAfterCommit: n % 2 > 0 })),
    ],
    [
      'when connections end after the work was done',
      [{ dropAfterCommit: true, disconnect: true }, 'ok', { disconnect: true }],
    ],
  ])('%s', async (_, steps) => {
    emulator.script('PostInputs', steps);
    await expectAllLoaded(clarifai, 2000, idsOnServer);
    emulator.assertNoPending();
  });

  it('when answers come after the deadline, from work that was done and from work that was not', async () => {
    const never = { blackHole: true } as const;
    emulator.script('PostInputs', [
      never,
      { ...never, dropAfterCommit: true },
      'ok',
      { ...never, dropAfterCommit: true },
    ]);
    await expectAllLoaded(clarifai, 1000, idsOnServer, { options: { ...quick, attemptTimeoutMs: 200 } });
  });

  it('when the service throttles, in the body and by gRPC, one request in two', async () => {
    emulator.rule('PostInputs', { status: 11005, percent: 30 });
    const rule = emulator.rule('PostInputs', { grpc: 8, percent: 30 });
    const summary = await expectAllLoaded(clarifai, 3000, idsOnServer);
    rule.remove();
    expect(summary.throttled).toBeGreaterThan(0);
  });

  it('when random items of a request fail for a while and others do not', async () => {
    // It creates nothing, and may do better at another time.
    const queueError = StatusCode.QUEUE_PUBLISH_ERROR;
    const failing = (seed: number): FaultStep => ({
      items: Object.fromEntries(
        [...Array(128).keys()].filter((n) => (n * 7 + seed) % 5 === 0).map((n) => [n, queueError]),
      ),
    });
    emulator.script('PostInputs', [...Array(16).keys()].map(failing));
    const { retries } = await expectAllLoaded(clarifai, 1000, idsOnServer);
    expect(retries).toBeGreaterThan(100);
  });
});

describe('an item that makes every request fail', () => {
  it.each<[string, (call: InputsCall) => void]>([
    ['by INTERNAL', (call) => call.end(13, 'cannot do this')],
    ['by a stream that is reset', (call) => call.reset(constants.NGHTTP2_INTERNAL_ERROR)],
    ['by INVALID_ARGUMENT', (call) => call.end(3, 'cannot read this')],
    ['by never being answered', () => undefined],
  ])('%s is found among 128, and is the only one that is rejected', async (_, fail) => {
    await using service = await startInputService((call) =>
      call.ids.includes('item-77') ? fail(call) : call.answer(),
    );
    await using client = new Clarifai({ base: service.base, pat: 'my-pat', userId: 'me', appId: 'mine' });
    const options = { ...quick, attemptTimeoutMs: 300 };
    const { outcomes, summary } = await loaded(client.ingest(items(1000), options));
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toMatchObject([{ id: 'item-77', kind: 'rejected' }]);
    expect(summary).toMatchObject({ read: 1000, accepted: 999, rejected: 1 });
    expect([...service.created].sort()).toEqual(idsOf(1000).filter((id) => id !== 'item-77'));
  });
});

it('an item whose id the source has already is told of the first, and the others go through', async () => {
  function* source(): Generator<InputLike> {
    for (let index = 0; index < 600; index++) yield item(index % 500);
  }
  emulator.script('PostInputs', [{ dropAfterCommit: true }, 14, 'ok', { dropAfterCommit: true }]);
  const { outcomes, summary } = await loaded(clarifai.ingest(source(), quick));
  expect(summary).toMatchObject({ read: 600, accepted: 500, alreadyExisted: 100 });
  const again = outcomes.filter(({ kind }) => kind === 'already-existed');
  expect(again.map(({ index, id, ...rest }) => [index, id, 'duplicateOf' in rest && rest.duplicateOf])).toEqual(
    expect.arrayContaining([...Array(100).keys()].map((n) => [500 + n, `item-${n}`, n])),
  );
  expect((await idsOnServer()).sort()).toEqual(idsOf(500));
});
