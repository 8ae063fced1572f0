import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError } from '../../../src/base/errors';
import { fromGrpcStatus } from '../../../src/base/to-clarifai-error';
import { GrpcCode } from '../../../src/base/grpc-code';
import { callStart } from '../../../src/diagnostics/channels';
import { createInvoke, type InvokeDependencies } from '../../../src/operations/invoke';
import type { AttemptContext, InvokeOptions } from '../../../src/operations/invoker';
import { RetryBudget } from '../../../src/operations/retry-budget';
import type { RpcOptions } from '../../../src/options/rpc-options';
import { FakeClock } from '../fake-clock';

type Step = 'ok' | StatusCode | Error | ((options: RpcOptions, context: AttemptContext) => unknown);

const answer = (code: StatusCode): object => ({
  status: { code, description: StatusCode[code], details: '', reqId: `req-${code}` },
});
const unavailable = (): ClarifaiError => fromGrpcStatus({ code: GrpcCode.UNAVAILABLE, details: 'Connection dropped' });
const refused = (): ClarifaiError =>
  fromGrpcStatus({ code: GrpcCode.UNAVAILABLE, details: 'Stream refused by server' });

/** An invoke over attempts that end as the steps say, one after the other, and then succeed. */
function scripted(steps: readonly Step[], dependencies: Partial<InvokeDependencies> = {}) {
  const clock = new FakeClock(1_000_000);
  const budget = new RetryBudget();
  const attempts: { at: number; options: RpcOptions }[] = [];
  const remaining = [...steps];
  const attempt = async (
    _method: string,
    _request: unknown,
    options: RpcOptions,
    context: AttemptContext = {},
  ): Promise<unknown> => {
    attempts.push({ at: clock.now() - 1_000_000, options });
    const step = remaining.shift() ?? 'ok';
    if (step instanceof Error) throw step;
    if (typeof step === 'function') return step(options, context);
    return answer(step === 'ok' ? StatusCode.SUCCESS : step);
  };
  const verbs: Record<string, string> = {
    GetModel: 'get',
    PostModels: 'post',
    PostInputs: 'post',
    PostModelOutputs: 'post',
  };
  const verbOf = jest.fn((method: string) => verbs[method] ?? '');
  const invoke = createInvoke({
    attempt,
    verbOf,
    clock,
    budget,
    random: () => 0.5,
    ...dependencies,
  });
  return { clock, budget, attempts, verbOf, invoke };
}

async function errorOf(promise: Promise<unknown>): Promise<ClarifaiError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ClarifaiError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}

describe('a call', () => {
  test('that succeeds resolves with the whole answer, after one attempt', async () => {
    const { invoke, attempts, verbOf } = scripted(['ok']);
    await expect(invoke('GetModel', {})).resolves.toMatchObject({ status: { code: 10000 } });
    expect(attempts).toHaveLength(1);
    expect(verbOf).not.toHaveBeenCalled();
  });

  test('is tried again after transient failures, with full jitter', async () => {
    const { invoke, clock, attempts } = scripted([unavailable(), StatusCode.RPC_SERVER_UNAVAILABLE]);
    await clock.run(invoke('GetModel', {}));
    expect(attempts.map(({ at }) => at)).toEqual([0, 25, 75]);
  });

  test('is tried again more slowly when throttled in the body of an answer', async () => {
    const { invoke, clock, attempts } = scripted([StatusCode.CONN_THROTTLED, StatusCode.CONN_THROTTLED]);
    await clock.run(invoke('PostInputs', {}));
    expect(attempts.map(({ at }) => at)).toEqual([0, 500, 1500]);
  });

  test('fails with the last error after maxAttempts, which lists every attempt', async () => {
    const { invoke, clock } = scripted([unavailable(), StatusCode.CONN_THROTTLED, unavailable()]);
    const error = await errorOf(clock.run(invoke('GetModel', {})));
    expect(error).toMatchObject({
      name: 'UnavailableError',
      code: 'UNAVAILABLE',
      grpcCode: 14,
      attempts: [
        { attempt: 1, code: 'UNAVAILABLE', grpcCode: 14, durationMs: 0 },
        { attempt: 2, code: 'CONN_THROTTLED', statusCode: 11005, requestId: 'req-11005', durationMs: 0 },
        { attempt: 3, code: 'UNAVAILABLE', grpcCode: 14, durationMs: 0 },
      ],
    });
    expect(error.message).toMatch(
      /Connection dropped.* \[3 attempts in 1\.0 s: UNAVAILABLE, CONN_THROTTLED, UNAVAILABLE\]$/,
    );
  });

  test.each([
    StatusCode.CONN_KEY_INVALID,
    StatusCode.MODEL_DOES_NOT_EXIST,
    StatusCode.INPUT_INVALID_REQUEST,
    StatusCode.CONN_EXCEED_MONTHLY_LIMIT,
    StatusCode.SERVER_ERROR,
  ])('is not tried again when that will not help: %i', async (code) => {
    const { invoke, clock, attempts } = scripted([code]);
    const error = await errorOf(clock.run(invoke('GetModel', {})));
    expect(error).toMatchObject({ statusCode: code, attempts: [{ attempt: 1 }] });
    expect(attempts).toHaveLength(1);
  });

  test('makes one attempt when retry is off', async () => {
    const { invoke, clock, attempts } = scripted([unavailable()]);
    await errorOf(clock.run(invoke('GetModel', {}, { retry: null })));
    expect(attempts).toHaveLength(1);
  });

  test('passes on what is no ClarifaiError untouched', async () => {
    const bug = new TypeError('bug');
    const { invoke, attempts } = scripted([bug]);
    await expect(invoke('GetModel', {})).rejects.toBe(bug);
    expect(attempts).toHaveLength(1);
  });

  test('rejects options it does not know before anything is sent', async () => {
    const { invoke, attempts } = scripted([]);
    const options = { maxAttempts: 3 } as unknown as InvokeOptions;
    await expect(invoke('GetModel', {}, options)).rejects.toThrow('Unknown name `maxAttempts` in `options`');
    await expect(invoke('GetModel', {}, { timeoutMs: NaN })).rejects.toThrow('Expected `timeoutMs`');
    expect(attempts).toHaveLength(0);
  });

  test('tells the number of each attempt before it is made', async () => {
    const { invoke, clock } = scripted([unavailable()]);
    const numbers: number[] = [];
    await clock.run(invoke('GetModel', {}, { onAttempt: (attempt) => numbers.push(attempt) }));
    expect(numbers).toEqual([1, 2]);
  });
});

describe('a request that is not idempotent', () => {
  test('is not sent again when the service may have acted on it', async () => {
    for (const failure of [unavailable(), StatusCode.RPC_REQUEST_TIMEOUT]) {
      const { invoke, clock, attempts } = scripted([failure]);
      await errorOf(clock.run(invoke('PostModels', {})));
      expect(attempts).toHaveLength(1);
    }
  });

  test('is sent again when the service certainly did not act', async () => {
    for (const failure of [refused(), StatusCode.CONN_THROTTLED, StatusCode.MODEL_LOADING]) {
      const { invoke, clock, attempts } = scripted([failure]);
      await clock.run(invoke('PostModels', {}));
      expect(attempts).toHaveLength(2);
    }
  });

  test('is sent again when the operation knows that it is idempotent, and the other way round', async () => {
    const withIds = scripted([unavailable()]);
    await withIds.clock.run(withIds.invoke('PostInputs', {}, { idempotent: true }));
    expect(withIds.attempts).toHaveLength(2);
    const read = scripted([unavailable()]);
    await errorOf(read.clock.run(read.invoke('GetModel', {}, { idempotent: false })));
    expect(read.attempts).toHaveLength(1);
  });
});

describe('the wait', () => {
  test('follows what the service asks for in its metadata, within 5 seconds of its own', async () => {
    const throttled =
      (retryAfter: string) =>
      (_: RpcOptions, context: AttemptContext): object => {
        context.received = () => ({ 'retry-after': retryAfter });
        return answer(StatusCode.CONN_THROTTLED);
      };
    const { invoke, clock, attempts } = scripted([throttled('2'), throttled('60')]);
    await clock.run(invoke('GetModel', {}));
    expect(attempts.map(({ at }) => at)).toEqual([0, 2000, 2000 + 1000 + 5000]);
  });

  test('still hands header and trailer to the caller', async () => {
    const { invoke } = scripted([
      ({ onHeader, onTrailer }) => {
        onHeader?.({ a: '1' });
        onTrailer?.({ b: '2' });
        return answer(StatusCode.SUCCESS);
      },
    ]);
    const [onHeader, onTrailer] = [jest.fn(), jest.fn()];
    await invoke('GetModel', {}, { onHeader, onTrailer });
    expect(onHeader).toHaveBeenCalledWith({ a: '1' });
    expect(onTrailer).toHaveBeenCalledWith({ b: '2' });
  });

  test('ends with the reason of an abort, at once, and leaves no timer', async () => {
    const { invoke, clock, attempts } = scripted([StatusCode.CONN_THROTTLED]);
    const controller = new AbortController();
    const reason = { why: 'enough' };
    const call = expect(invoke('GetModel', {}, { signal: controller.signal })).rejects.toBe(reason);
    await clock.advance(100);
    expect(clock.pending).toBe(1);
    controller.abort(reason);
    await call;
    expect(clock.pending).toBe(0);
    expect(attempts).toHaveLength(1);
  });

  test('is not begun, nor an attempt made, when the signal is aborted before the call', async () => {
    const { invoke, attempts } = scripted([]);
    await expect(invoke('GetModel', {}, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect(attempts).toHaveLength(0);
  });

  test('prefers the reason of an abort to the error that it causes', async () => {
    const controller = new AbortController();
    const { invoke } = scripted([
      () => {
        controller.abort('mine');
        throw unavailable();
      },
    ]);
    await expect(invoke('GetModel', {}, { signal: controller.signal })).rejects.toBe('mine');
  });
});

describe('time', () => {
  test('of an attempt grows with the request and never exceeds what the call has left', async () => {
    const { invoke, clock, attempts } = scripted([StatusCode.CONN_THROTTLED]);
    await clock.run(invoke('GetModel', {}, { requestBytes: 10_000_000, timeoutMs: 50_200 }));
    expect(attempts.map(({ options }) => options.timeoutMs)).toEqual([50_000, 49_700]);
  });

  test('of a call without end leaves attempts their own', async () => {
    const { invoke, attempts } = scripted([]);
    await invoke('GetModel', {}, { timeoutMs: null });
    await invoke('GetModel', {}, { timeoutMs: null, attemptTimeoutMs: null });
    expect(attempts.map(({ options }) => options.timeoutMs)).toEqual([30_000, undefined]);
  });

  test('of a call includes its waits: without time for the next one it fails at once, of its last failure', async () => {
    const { invoke, clock, attempts, budget } = scripted([StatusCode.CONN_THROTTLED, StatusCode.CONN_THROTTLED]);
    const error = await errorOf(clock.run(invoke('GetModel', {}, { timeoutMs: 1200 })));
    expect(error).toMatchObject({ code: 'CONN_THROTTLED', attempts: [{ attempt: 1 }, { attempt: 2 }] });
    expect(attempts).toHaveLength(2);
    expect(clock.now()).toBe(1_000_500);
    expect(budget.tokens).toBe(495);
  });

  test('that an attempt took is told in the error', async () => {
    const { invoke, clock } = scripted([
      async () => {
        await new Promise<void>((resolve) => clock.setTimer(resolve, 70));
        throw fromGrpcStatus({ code: GrpcCode.INVALID_ARGUMENT, details: 'no' });
      },
    ]);
    expect((await errorOf(clock.run(invoke('GetModel', {})))).attempts).toMatchObject([{ durationMs: 70 }]);
  });
});

describe('a model that is not ready', () => {
  const loading = Array.from({ length: 100 }, () => StatusCode.MODEL_LOADING);

  test('is waited for beyond maxAttempts', async () => {
    const { invoke, clock, attempts, budget } = scripted(loading.slice(0, 6));
    await clock.run(invoke('PostModelOutputs', {}));
    expect(attempts.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 7500, 15_500, 25_500]);
    expect(budget.tokens).toBe(500);
  });

  test('is not waited for longer than notReadyMs, and asked once more just then', async () => {
    const { invoke, clock, attempts } = scripted(loading);
    const error = await errorOf(clock.run(invoke('PostModelOutputs', {}, { retry: { notReadyMs: 4000 } })));
    expect(error).toMatchObject({ name: 'NotReadyError', category: 'notReady' });
    expect(error.message).toContain('[5 attempts in 4.0 s: 5x MODEL_LOADING]');
    expect(attempts.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 4000]);
  });

  test('fails at once when notReadyMs is off', async () => {
    const { invoke, clock, attempts } = scripted(loading);
    await errorOf(clock.run(invoke('PostModelOutputs', {}, { retry: { notReadyMs: null } })));
    expect(attempts).toHaveLength(1);
  });

  test('does not use up the attempts that other failures have', async () => {
    const { invoke, clock, attempts } = scripted([...loading.slice(0, 3), unavailable(), unavailable()]);
    await clock.run(invoke('PostModelOutputs', {}));
    expect(attempts).toHaveLength(6);
  });

  test('is not waited for once the model has none to deploy it', async () => {
    const { invoke, clock, attempts } = scripted([StatusCode.MODEL_NOT_DEPLOYED]);
    expect((await errorOf(clock.run(invoke('PostModelOutputs', {})))).name).toBe('NotReadyError');
    expect(attempts).toHaveLength(1);
  });
});

describe('the budget', () => {
  test('stops retries when most calls of a client fail', async () => {
    const { invoke, clock, attempts, budget } = scripted(Array.from({ length: 1000 }, unavailable));
    for (let call = 0; call < 30; call++) await errorOf(clock.run(invoke('GetModel', {})));
    expect(attempts).toHaveLength(30 + 35);
    expect(budget.tokens).toBe(10);
  });

  test('gets back what a retry cost when it succeeds', async () => {
    const { invoke, clock, budget } = scripted([unavailable()]);
    await clock.run(invoke('GetModel', {}));
    expect(budget.tokens).toBe(500);
  });
});

describe('parts', () => {
  test('of a MIXED_STATUS answer are handed out when the operation asks for them', async () => {
    const mixed = {
      ...answer(StatusCode.MIXED_STATUS),
      outputs: [answer(StatusCode.SUCCESS), answer(StatusCode.INPUT_FAILED)],
    };
    const { invoke } = scripted([() => mixed, () => mixed]);
    await expect(invoke('PostModelOutputs', {}, { partial: { items: 'outputs' } })).resolves.toBe(mixed);
    await expect(invoke('PostModelOutputs', {})).rejects.toThrow('outputs[1] INPUT_FAILED');
  });
});

describe('events', () => {
  test('tell of the start, the retries and the end of a call', async () => {
    const seen: unknown[] = [];
    const names = ['clarifai-grpc:call:start', 'clarifai-grpc:retry', 'clarifai-grpc:call:end'];
    const listeners = names.map((name) => {
      const listener = (message: unknown): void => void seen.push([name, { ...(message as object) }]);
      subscribe(name, listener);
      return { name, listener };
    });
    try {
      const failure = unavailable();
      const client = { address: 'api.clarifai.com:443' };
      const { invoke, clock } = scripted([failure], { client });
      await clock.run(invoke('GetModel', {}));
      expect(seen).toEqual([
        ['clarifai-grpc:call:start', { client, method: 'GetModel', attempts: 0 }],
        ['clarifai-grpc:retry', { client, method: 'GetModel', attempt: 1, delayMs: 25, error: failure }],
        ['clarifai-grpc:call:end', { client, method: 'GetModel', attempts: 2, durationMs: 25, ending: 'ok' }],
      ]);
    } finally {
      for (const { name, listener } of listeners) unsubscribe(name, listener);
    }
  });

  test('of a call start with a context that holds in all of its attempts', async () => {
    const store = new AsyncLocalStorage<string>();
    callStart.bindStore(store, ({ method }) => method);
    try {
      const stores: unknown[] = [];
      const attempt = (): object => {
        stores.push(store.getStore());
        return answer(stores.length === 1 ? StatusCode.CONN_THROTTLED : StatusCode.SUCCESS);
      };
      const { invoke, clock } = scripted([attempt, attempt]);
      await clock.run(invoke('GetModel', {}));
      expect(stores).toEqual(['GetModel', 'GetModel']);
      expect(store.getStore()).toBeUndefined();
    } finally {
      callStart.unbindStore(store);
    }
  });

  test('tell an abort from a failure', async () => {
    const endings: unknown[] = [];
    const listener = (message: unknown): void => void endings.push((message as { ending: string }).ending);
    subscribe('clarifai-grpc:call:end', listener);
    try {
      const { invoke } = scripted([StatusCode.SERVER_ERROR]);
      await expect(invoke('GetModel', {})).rejects.toThrow('SERVER_ERROR');
      await expect(invoke('GetModel', {}, { signal: AbortSignal.abort('stop') })).rejects.toBe('stop');
      expect(endings).toEqual(['failed', 'aborted']);
    } finally {
      unsubscribe('clarifai-grpc:call:end', listener);
    }
  });
});
