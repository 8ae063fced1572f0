import { AlreadyExistsError, AuthenticationError, InvalidRequestError, ServerError } from '../../../src/base/errors';
import { systemClock } from '../../../src/base/clock';
import { contentId, ingest, type IngestOptions } from '../../../src/ingestion/ingest';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { InputLike, InputsLike } from '../../../src/inputs/input-like';
import { acceptAll, FakeService } from './fake-service';

const url = (index: number): string => `https://a.b/${index}.jpg`;

function* urls(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield { id: `input-${index}`, url: url(index) };
}

function start(service: FakeService, source: InputsLike, options: IngestOptions = {}): IngestionRun {
  return ingest({ invoke: service.invoke, scope: {}, makeId: contentId, clock: systemClock }, source, options);
}

async function all(run: AsyncIterable<IngestionOutcome>): Promise<IngestionOutcome[]> {
  const outcomes: IngestionOutcome[] = [];
  for await (const outcome of run) outcomes.push(outcome);
  return outcomes;
}

const authentication = (): AuthenticationError =>
  new AuthenticationError('PostInputs CONN_KEY_INVALID: wrong', {
    code: 'CONN_KEY_INVALID',
    source: 'status',
    category: 'auth',
  });

test('every item gets one outcome, in chunks of 128', async () => {
  const service = new FakeService();
  const run = start(service, urls(300));
  const outcomes = await all(run);
  expect(outcomes.map(({ index }) => index)).toEqual([...Array(300).keys()]);
  expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
  expect(service.requests.map((ids) => ids.length)).toEqual([128, 128, 44]);
  expect(await run.done).toMatchObject({ read: 300, accepted: 300, inProgress: 0, chunks: 3 });
});

test('a run that nobody iterates goes to its end by itself, and only counts', async () => {
  const service = new FakeService();
  const run = start(service, urls(1000));
  expect(await run.done).toMatchObject({ read: 1000, accepted: 1000, unsent: 0 });
});

test('the source is read no further than requests are in flight', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const service = new FakeService(async (request) => {
    await gate;
    return acceptAll(request);
  });
  let read = 0;
  function* endless(): Generator<InputLike> {
    for (;;) yield { id: `input-${read}`, url: url(read++) };
  }
  const run = start(service, endless(), { concurrency: 2 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(service.mostInFlight).toBe(2);
  expect(read).toBeLessThanOrEqual(3 * 128);
  release();
  await run.close('drain');
  const { read: taken, accepted } = await run.done;
  expect(accepted).toBe(taken);
});

test('the outcomes can be read once', async () => {
  const run = start(new FakeService(), urls(3));
  expect(await all(run)).toHaveLength(3);
  await expect(all(run)).rejects.toMatchObject({ code: 'RUN_READ' });
});

test('a reader that stops reading stops the source', async () => {
  let read = 0;
  function* endless(): Generator<InputLike> {
    for (;;) yield { id: `input-${read}`, url: url(read++) };
  }
  const run = start(new FakeService(), endless());
  const reader = run[Symbol.asyncIterator]();
  await reader.next();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const readByThen = read;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(read).toBe(readByThen);
  await reader.return?.(undefined);
});

test('a chunk is sent when it reaches the target bytes, and a larger input goes alone', async () => {
  const service = new FakeService();
  const image = (id: string, bytes: number): InputLike => ({ id, image: new Uint8Array(bytes) });
  const source = [image('a', 600), image('b', 600), image('c', 5000), image('d', 10), image('e', 10)];
  await start(service, source, { chunkBytes: 1500 }).done;
  expect(service.requests).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
});

test('a request carries one video', async () => {
  const service = new FakeService();
  await start(service, [url(1), 'https://a.b/1.mp4', 'https://a.b/2.mp4', url(2)]).done;
  expect(service.requests.map((ids) => ids.length)).toEqual([1, 1, 1, 1]);
});

test('an input without an id gets one from its content, the same in every run', async () => {
  const [first, second] = [new FakeService(), new FakeService()];
  const source: InputLike[] = [url(1), url(2), { text: 'x' }, { id: 'mine', url: url(3) }];
  await start(first, source).done;
  await start(second, source).done;
  expect(first.requests).toEqual(second.requests);
  expect(new Set(first.requests[0]).size).toBe(4);
  expect(first.requests[0]?.[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(first.requests[0]?.[3]).toBe('mine');
});

test('a wrong input is rejected in its place and the others go through', async () => {
  const service = new FakeService();
  const outcomes = await all(start(service, [url(0), 'no url', url(2)]));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted']);
  expect(outcomes[1]).toMatchObject({ index: 1, error: expect.any(InvalidRequestError) as unknown });
  expect(service.requests[0]).toHaveLength(2);
});

describe('duplicates', () => {
  const duplicate = { code: 30100, description: 'Duplicate', details: 'Input has a duplicate ID.' };
  const answerDuplicate = ({ inputs = [] }: Parameters<typeof acceptAll>[0]): ReturnType<typeof acceptAll> => ({
    status: { code: 10020 },
    inputs: inputs.map((input) => ({ id: input.id, status: duplicate })),
  });

  test('an id that the app has already is not a failure of the run', async () => {
    const outcomes = await all(start(new FakeService(answerDuplicate), urls(2)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['already-existed', 'already-existed']);
    expect(outcomes[0]).toMatchObject({ error: expect.any(AlreadyExistsError) as unknown });
  });

  test('a duplicate that only a repeated request met was created by its first attempt', async () => {
    const service = new FakeService((request, options) => {
      options.onAttempt?.(1);
      options.onAttempt?.(2);
      return answerDuplicate(request);
    });
    const outcomes = await all(start(service, urls(2)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  });
});

test('a chunk that fails for one input is halved until that input stands alone', async () => {
  const service = new FakeService((request) => {
    if (request.inputs?.some((input) => input.id === 'input-77') !== true) return acceptAll(request);
    throw new InvalidRequestError('PostInputs FAILURE: poison', {
      code: 'FAILURE',
      source: 'status',
      category: 'rejected',
      statusCode: 10020,
    });
  });
  const outcomes = await all(start(service, urls(128)));
  expect(outcomes.filter(({ kind }) => kind === 'rejected').map(({ id }) => id)).toEqual(['input-77']);
  expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(127);
});

test('an answer with fewer inputs than were sent fails the inputs of that request', async () => {
  const service = new FakeService((request) => ({ ...acceptAll(request), inputs: [] }));
  const outcomes = await all(start(service, urls(3)));
  expect(outcomes.map((outcome) => outcome.kind === 'rejected' && outcome.error)).toEqual(
    Array(3).fill(expect.any(ServerError)),
  );
});

test('a refused credential stops the run: what was read is unsent, and nothing more is read', async () => {
  let read = 0;
  function* endless(): Generator<InputLike> {
    for (;;) yield { id: `input-${read}`, url: url(read++) };
  }
  const run = start(
    new FakeService(() => {
      throw authentication();
    }),
    endless(),
  );
  const outcomes: IngestionOutcome[] = [];
  await expect(
    (async () => {
      for await (const outcome of run) outcomes.push(outcome);
    })(),
  ).rejects.toBeInstanceOf(AuthenticationError);
  await expect(run.done).rejects.toBeInstanceOf(AuthenticationError);
  expect(outcomes).toHaveLength(run.progress.read);
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['unsent']));
  expect(read).toBeLessThanOrEqual(6 * 128);
});

test('a source that throws ends the run with its error, after what it gave was sent', async () => {
  const service = new FakeService();
  function* broken(): Generator<InputLike> {
    yield* urls(130);
    throw new RangeError('disk gone');
  }
  const run = start(service, broken());
  await expect(run.done).rejects.toThrow(new RangeError('disk gone'));
  expect(run.progress).toMatchObject({ read: 130, accepted: 130, inProgress: 0 });
});

describe('ending early', () => {
  function stalling(count: number): { source: AsyncIterable<InputLike>; closed: () => boolean } {
    let closed = false;
    let given = 0;
    const source: AsyncIterable<InputLike> = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          given < count
            ? Promise.resolve({ done: false, value: { id: `input-${given}`, url: url(given++) } })
            : new Promise<never>(() => undefined),
        return: () => {
          closed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    return { source, closed: () => closed };
  }

  test('close("drain") sends what was read from a source that stalls, and closes the source', async () => {
    const service = new FakeService();
    const { source, closed } = stalling(10);
    const run = start(service, source);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await run.close('drain');
    expect(await run.done).toMatchObject({ read: 10, accepted: 10 });
    expect(closed()).toBe(true);
  });

  test('a reader that closes the run still gets the outcome of every item that was read', async () => {
    const { source } = stalling(1000);
    const run = start(new FakeService(), source);
    const seen: number[] = [];
    for await (const { index } of run) {
      seen.push(index);
      if (index === 100) await run.close('drain');
    }
    expect(seen).toEqual([...Array((await run.done).read).keys()]);
    expect(seen.length).toBeGreaterThan(101);
  });

  test('close("abort") cancels what is under way and reports it as unsent', async () => {
    const service = new FakeService(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const run = start(service, urls(5));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await run.close('abort');
    expect(await run.done).toMatchObject({ read: 5, unsent: 5, inProgress: 0 });
  });

  test('break aborts the run', async () => {
    const { source, closed } = stalling(300);
    const run = start(new FakeService(), source);
    for await (const outcome of run) {
      expect(outcome.kind).toBe('accepted');
      break;
    }
    expect(run.progress.inProgress).toBe(0);
    expect(closed()).toBe(true);
  });

  test('an aborted signal ends the run with its reason', async () => {
    const abort = new AbortController();
    const { source } = stalling(10);
    const run = start(new FakeService(), source, { signal: abort.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const reason = new Error('shutting down');
    abort.abort(reason);
    await expect(run.done).rejects.toBe(reason);
    expect(run.progress.inProgress).toBe(0);
  });

  test('a signal that is aborted before the call reads nothing', async () => {
    const run = start(new FakeService(), urls(10), { signal: AbortSignal.abort('no') });
    await expect(run.done).rejects.toBe('no');
    expect(run.progress.read).toBe(0);
  });
});

test.each<[string, InputsLike, IngestOptions, RegExp]>([
  ['a source that is no iterable', 5 as unknown as InputsLike, {}, /`source` to be an iterable/],
  ['no concurrency', [], { concurrency: 0 }, /`concurrency` to be an integer of at least 1, got `0`/],
  ['a chunk over the service’s limit', [], { chunkBytes: 2 ** 28 }, /`chunkBytes` to be an integer from 1 to/],
])('%s is refused at once', (_, source, options, message) => {
  expect(() => start(new FakeService(), source, options)).toThrow(message);
});
