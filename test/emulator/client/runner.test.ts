import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { modelMethod } from '../../../src/emulator';
import { InvalidRequestError, NotFoundError, UnavailableError } from '../../../src/base/errors';
import { collect } from '../../../src/operations/collect';
import type { Model } from '../../../src/resources/model';
import type { RunnerHandlers } from '../../../src/runner/runner-handlers';
import type { RunnerSession } from '../../../src/runner/runner-session';
import type { RunnerSessionOptions } from '../../../src/runner/session-options';
import { Clarifai } from '../../../src/client';
import { startTcpProxy } from '../../faults/tcp-proxy';
import { type Bench, startBench } from './resources/harness';

let bench: Bench;
let model: Model;
const sessions: RunnerSession[] = [];

beforeEach(async () => {
  bench = await startBench();
  const { clarifai, emulator } = bench;
  emulator.model({ id: 'm', predict: () => ({ text: { raw: 'not by the runner' } }) });
  await clarifai.user().runners.create('r', { worker: { model: { id: 'm' } }, ...place });
  model = clarifai.model('m');
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close({ behaviour: 'abort' })));
  await bench[Symbol.asyncDispose]();
});

const place = { nodepoolId: 'pool', computeClusterId: 'cluster' };

function serve(handlers: RunnerHandlers, options: RunnerSessionOptions = {}): RunnerSession {
  const session = bench.clarifai.runner({ id: 'r', ...place }).serve(handlers, options);
  sessions.push(session);
  return session;
}

/** A promise to be settled from outside. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const upper: RunnerHandlers = {
  predict({ data }) {
    const raw = data?.text?.raw ?? '';
    if (raw === 'bad') throw new Error('cannot read this');
    return { text: { raw: raw.toUpperCase() } };
  },
  *generate({ data }) {
    for (const raw of (data?.text?.raw ?? '').split(' ')) {
      if (raw === 'bad') throw new Error('cannot read this');
      yield { text: { raw } };
    }
  },
  async *stream(inputs) {
    for await (const { data } of inputs) yield { text: { raw: `${data?.text?.raw}!` } };
  },
};

const texts = (...raws: string[]) => raws.map((text) => ({ text }));
const raws = (outcomes: Awaited<ReturnType<Model['predict']>>) =>
  outcomes.map((outcome) => (outcome.ok ? outcome.value.data?.text?.raw : outcome.error.statusCode));

describe.each(['stream', 'poll'] as const)('a runner whose work comes by %s', (mode) => {
  test('answers predictions in the order of their inputs, and fails those that its handler fails', async () => {
    serve(upper, { mode });
    expect(raws(await model.predict({ inputs: texts('a', 'b') }))).toEqual(['A', 'B']);
    const failed = StatusCode.RUNNER_PROCESSING_FAILED;
    expect(raws(await model.predict({ inputs: texts('a', 'bad', 'c') }))).toEqual(['A', failed, 'C']);
  });

  test('answers bit by bit', async () => {
    serve(upper, { mode });
    const outcomes = await collect(model.generate({ inputs: texts('one two three') }));
    expect(raws(outcomes)).toEqual(['one', 'two', 'three']);
  });

  test('has so many handlers at work at a time, and no more', async () => {
    let atWork = 0;
    let most = 0;
    const wait = gate();
    const predict = async (): Promise<object> => {
      most = Math.max(most, ++atWork);
      if (most === 2) wait.open();
      await wait.opened;
      await new Promise(setImmediate);
      atWork -= 1;
      return {};
    };
    serve({ predict }, { mode, concurrency: 2 });
    await Promise.all(texts('a', 'b', 'c', 'd', 'e').map((input) => model.predict({ inputs: [input] })));
    expect(most).toBe(2);
  });

  test('finishes what it is at when it is closed, and takes nothing more', async () => {
    const [begun, wait] = [gate(), gate()];
    const predict = async (): Promise<object> => {
      begun.open();
      await wait.opened;
      return { text: { raw: 'finished' } };
    };
    const session = serve({ predict }, { mode });
    const answer = model.predict({ inputs: texts('a') });
    await begun.opened;
    const closed = session.close();
    wait.open();
    await closed;
    await session.done;
    expect(raws(await answer)).toEqual(['finished']);
    serve(upper, { mode });
    expect(raws(await model.predict({ inputs: texts('next') }))).toEqual(['NEXT']);
  });

  test('ends with an error when there is no such runner', async () => {
    const nobody = bench.clarifai.runner('nobody').serve(upper, { mode });
    await expect(nobody.done).rejects.toThrow(NotFoundError);
    await nobody.close();
  });
});

test('an item that fails bit by bit ends with RUNNER_PROCESSING_FAILED, after what it had answered', async () => {
  serve(upper);
  const got: unknown[] = [];
  const reading = (async () => {
    for await (const outcome of model.generate({ inputs: texts('one bad') })) got.push(...raws([outcome]));
  })();
  await expect(reading).rejects.toMatchObject({ statusCode: StatusCode.RUNNER_PROCESSING_FAILED });
  await expect(reading).rejects.toThrow('cannot read this');
  expect(got).toEqual(['one']);
});

test('a way of asking that has no handler fails by name', async () => {
  serve({ predict: () => ({}) });
  await expect(collect(model.stream({ inputs: texts('a') }))).rejects.toThrow('This runner does not give streams');
});

test('inputs that come one by one are answered one by one', async () => {
  serve(upper);
  const next = [gate(), gate()];
  async function* inputs(): AsyncGenerator<{ text: string }> {
    yield { text: 'one' };
    await next[0]?.opened;
    yield { text: 'two' };
  }
  const answers: unknown[] = [];
  for await (const { data } of model.stream({ inputs: inputs() })) {
    answers.push(data?.text?.raw);
    next[0]?.open();
  }
  expect(answers).toEqual(['one!', 'two!']);
});

test('a handler hears when nobody waits for its answer any longer', async () => {
  const [begun, aborted] = [gate(), gate()];
  serve({
    async *generate(_input, { signal }) {
      signal.addEventListener('abort', aborted.open, { once: true });
      begun.open();
      yield { text: { raw: 'first' } };
      await aborted.opened;
    },
  });
  for await (const _ of model.generate({ inputs: texts('a') })) break;
  await begun.opened;
  await aborted.opened;
});

test('a handler hears when the session is aborted, which waits for none', async () => {
  const [begun, aborted] = [gate(), gate()];
  const session = serve({
    predict: (_input, { signal }) => {
      signal.addEventListener('abort', aborted.open, { once: true });
      begun.open();
      return new Promise(() => undefined);
    },
  });
  const answer = model.predict({ inputs: texts('a') }, { retry: null });
  answer.catch(() => undefined);
  await begun.opened;
  await session.close({ behaviour: 'abort' });
  await aborted.opened;
  // The service lets another runner do what this one has left.
  serve(upper);
  expect(raws(await answer)).toEqual(['A']);
});

test('a connection that is lost is made again, and what was not answered is done then', async () => {
  const errors: unknown[] = [];
  await using proxy = await startTcpProxy(bench.emulator.port);
  await using far = new Clarifai({ ...bench.emulator.clientOptions, base: proxy.base });
  bench.emulator.script('ProcessRunnerItems', [{ grpc: 14 }]);
  const aborted = gate();
  let tries = 0;
  const predict: RunnerHandlers['predict'] = async (_input, { signal }) => {
    tries += 1;
    if (tries === 1) {
      signal.addEventListener('abort', aborted.open, { once: true });
      proxy.cut('reset');
      await aborted.opened;
    }
    return { text: { raw: `try ${tries}` } };
  };
  const session = far.runner({ id: 'r', ...place }).serve({ predict }, { onError: (error) => errors.push(error) });
  sessions.push(session);
  expect(raws(await model.predict({ inputs: texts('a') }))).toEqual(['try 2']);
  expect(errors).toHaveLength(2);
  expect(errors[0]).toBeInstanceOf(UnavailableError);
  await session.close();
});

test('a lost connection between polls is made again', async () => {
  const errors: unknown[] = [];
  bench.emulator.script('ListRunnerItems', [{ grpc: 14 }, { disconnect: true }]);
  serve(upper, { mode: 'poll', onError: (error) => errors.push(error) });
  expect(raws(await model.predict({ inputs: texts('a') }))).toEqual(['A']);
  expect(errors).toHaveLength(2);
});

test('a runner answers methods by their signatures as any model does', async () => {
  const add = modelMethod({ input: { a: 'int' }, output: 'int', predict: ({ a }) => a });
  bench.emulator.model({ id: 'm', methods: { add } });
  serve({
    predict: ({ data }) => ({
      parts: [{ id: 'return', data: { intValue: (data?.parts[0]?.data?.intValue ?? 0) + 1 } }],
    }),
  });
  expect(await bench.clarifai.model('m').call('add', { a: 41 })).toBe(42);
});

test.each([
  [{}, {}, 'Expected `handlers` to be one or more of predict, generate and stream'],
  [{ predict: 1 }, {}, 'Expected `handlers.predict` to be a function'],
  [{ predikt: () => ({}) }, {}, 'Unknown name `predikt` in `handlers`: did you mean `predict`?'],
  [upper, { concurrency: 0 }, 'Expected `concurrency` to be an integer of at least 1'],
  [upper, { mode: 'push' }, "Expected `mode` to be one of 'stream', 'poll'"],
])('the handlers %j with %j are refused at once', (handlers, options, message) => {
  const wrong = (): unknown => Reflect.apply(serve, undefined, [handlers, options]);
  expect(wrong).toThrow(InvalidRequestError);
  expect(wrong).toThrow(message);
});

test('a runner is read by its handle', async () => {
  expect((await bench.clarifai.runner({ id: 'r', ...place }).get()).id).toBe('r');
  expect(() => bench.clarifai.runner('a/b')).toThrow('`runner.id` to be an id');
});
