import { AlreadyExistsError, AuthenticationError, InvalidRequestError } from '../../../src/base/errors';
import { systemClock } from '../../../src/base/clock';
import { ingest } from '../../../src/ingestion/ingest';
import type { IngestOptions } from '../../../src/ingestion/ingest-options';
import type { IngestionRun } from '../../../src/ingestion/ingestion-run';
import { Limiter } from '../../../src/ingestion/limiter';
import type { IngestionOutcome } from '../../../src/ingestion/outcome';
import type { InputLike, InputsLike } from '../../../src/inputs/input-like';
import { settle } from '../fake-clock';
import { acceptAll, FakeService } from './fake-service';

const url = (index: number): string => `https://a.b/${index}.jpg`;

function* urls(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) yield { id: `input-${index}`, url: url(index) };
}

function start(service: FakeService, source: InputsLike, options: IngestOptions = {}): IngestionRun {
  const limiter = new Limiter(systemClock, null);
  return ingest({ invoke: service.invoke, scope: {}, limiter, clock: systemClock }, source, options);
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
  expect(outcomes.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...Array(300).keys()]);
  expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
  expect(service.requests.map((ids) => ids.length)).toEqual([128, 128, 44]);
  expect(await run.done).toMatchObject({ read: 300, accepted: 300, inProgress: 0, chunks: 3 });
});

test('a run that nobody iterates goes to its end by itself, and only counts', async () => {
  const service = new FakeService();
  const run = start(service, urls(1000));
  expect(await run.done).toMatchObject({ read: 1000, accepted: 1000, unsent: 0 });
});

test('the source is read no further than the budget allows, and on when chunks are answered', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const service = new FakeService(async (request) => {
    await gate;
    return acceptAll(request);
  });
  let read = 0;
  async function* endless(): AsyncGenerator<InputLike> {
    for (;;) {
      if (read % 100 === 0) await settle();
      yield { id: `input-${read}`, url: url(read++) };
    }
  }
  const run = start(service, endless(), { concurrency: 2, budgetItems: 300 });
  while (read < 300) await settle();
  await settle();
  expect(service.mostInFlight).toBe(2);
  expect(read).toBe(300);
  release();
  while (read === 300) await settle();
  await run.close('drain');
  const { read: taken, accepted } = await run.done;
  expect(accepted).toBe(taken);
});

test('the budget counts bytes, too: one item more than it allows is read', async () => {
  let read = 0;
  function* images(): Generator<InputLike> {
    for (;;) yield { id: `input-${read++}`, image: new Uint8Array(1000) };
  }
  const run = start(new FakeService(() => new Promise(() => undefined)), images(), { budgetBytes: 10_000 });
  await settle();
  expect(read).toBe(10);
  void run.close('abort');
});

test('the outcomes can be read once', async () => {
  const run = start(new FakeService(), urls(3));
  expect(await all(run)).toHaveLength(3);
  await expect(all(run)).rejects.toMatchObject({ code: 'RUN_READ' });
});

test('outcomes that wait for their reader are in the budget, so that a reader that stops reading stops the source', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<InputLike> {
    for (;;) {
      if (read % 100 === 0) await settle();
      yield { id: `input-${read}`, url: url(read++) };
    }
  }
  const run = start(new FakeService(), endless(), { budgetItems: 500, lingerMs: 0 });
  const reader = run[Symbol.asyncIterator]();
  await reader.next();
  while (read < 500) await settle();
  await settle();
  expect(read).toBeLessThanOrEqual(501);
  await reader.return?.(undefined);
});

describe('order', () => {
  // The first request is answered last.
  const firstLast = (): FakeService => {
    let requests = 0;
    return new FakeService(async (request) => {
      if (requests++ === 0) await settle();
      return acceptAll(request);
    });
  };
  const indexes = async (options: IngestOptions): Promise<number[]> =>
    (await all(start(firstLast(), urls(300), options))).map(({ index }) => index);

  test('outcomes come as they are known', async () => {
    expect((await indexes({}))[0]).toBe(128);
  });

  test('with `ordered` they come in the order of the source', async () => {
    expect(await indexes({ ordered: true })).toEqual([...Array(300).keys()]);
  });
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

test('who iterates over a run as soon as it is there hears of the first items, too', async () => {
  const outcomes = await all(start(new FakeService(), ['no url', url(1)]));
  expect(outcomes.map(({ index, kind }) => [index, kind])).toEqual([
    [0, 'rejected'],
    [1, 'accepted'],
  ]);
});

test('a wrong input is rejected in its place and the others go through', async () => {
  const service = new FakeService();
  const outcomes = await all(start(service, [url(0), 'no url', url(2)], { ordered: true }));
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

  test('with `onDuplicate: "fail"` it is rejected', async () => {
    const outcomes = await all(start(new FakeService(answerDuplicate), urls(2), { onDuplicate: 'fail' }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
  });

  test('with `onDuplicate: "fail"` what waits for an item that the app has already is not sent for that', async () => {
    const service = new FakeService(answerDuplicate);
    const source = [url(1), url(1), url(1)];
    const outcomes = await all(start(service, source, { onDuplicate: 'fail' }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(service.requests.flat()).toHaveLength(1);
  });

  test('equal content twice in one source is sent once, and says which item it doubles', async () => {
    const service = new FakeService();
    const outcomes = await all(start(service, [url(1), url(2), url(1), url(1)], { ordered: true }));
    expect(service.requests.flat()).toHaveLength(2);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'already-existed', 'already-existed']);
    expect(outcomes[3]).toMatchObject({ duplicateOf: 0, id: outcomes[0]?.id, error: { code: 'INPUT_DUPLICATE' } });
  });

  test('an item whose twin was refused is sent in its own right', async () => {
    let requests = 0;
    const service = new FakeService((request) => {
      if (requests++ > 0) return acceptAll(request);
      return { status: { code: 10020 }, inputs: [{ id: 'a', status: { code: 30104, description: 'bad' } }] };
    });
    const twins: InputLike[] = [
      { id: 'a', url: url(1) },
      { id: 'a', url: url(2) },
      { id: 'a', url: url(3) },
    ];
    const outcomes = await all(start(service, twins, { ordered: true }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'accepted', 'already-existed']);
    expect(outcomes[2]).toMatchObject({ duplicateOf: 1 });
    expect(service.requests).toEqual([['a'], ['a']]);
  });

  test('an item that comes while the second with its id is under way waits for that one', async () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const service = new FakeService(async (request) => {
      if (service.requests.length === 1) {
        return { status: { code: 10020 }, inputs: [{ id: 'a', status: { code: 30104, description: 'bad' } }] };
      }
      await answered;
      return acceptAll(request);
    });
    async function* source(): AsyncGenerator<InputLike> {
      yield { id: 'a', url: url(1) };
      yield { id: 'a', url: url(2) };
      while (service.requests.length < 2) await settle();
      yield { id: 'a', url: url(3) };
      answer();
    }
    const outcomes = await all(start(service, source(), { lingerMs: 0 }));
    expect(service.requests).toEqual([['a'], ['a']]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'accepted', 'already-existed']);
    expect(outcomes[2]).toMatchObject({ index: 2, duplicateOf: 1 });
  });

  test('an item whose twin was settled long ago is sent, and the service’s answer stands', async () => {
    const known = new Set<string>();
    const service = new FakeService(({ inputs = [] }) => ({
      status: { code: 10010 },
      inputs: inputs.map(({ id = '' }) => {
        const isNew = !known.has(id);
        known.add(id);
        return { id, status: isNew ? { code: 30001 } : duplicate };
      }),
    }));
    async function* source(): AsyncGenerator<InputLike> {
      yield* urls(128);
      while (known.size < 128) await settle();
      await settle();
      yield* urls(2);
    }
    const outcomes = await all(start(service, source()));
    expect(outcomes.slice(128)).toMatchObject([
      { index: 128, kind: 'already-existed', duplicateOf: 0 },
      { index: 129, kind: 'already-existed', duplicateOf: 1 },
    ]);
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

test('a refused credential stops the run: what was read is unsent, and nothing more is read', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<InputLike> {
    for (;;) {
      if (read % 100 === 0) await settle();
      yield { id: `input-${read}`, url: url(read++) };
    }
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
    const run = start(new FakeService(), source, { ordered: true });
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
