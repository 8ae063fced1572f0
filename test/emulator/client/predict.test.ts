import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Clarifai } from '../../../src/client';
import {
  AuthenticationError,
  ClarifaiError,
  DeadlineExceededError,
  InvalidRequestError,
  NotFoundError,
  NotReadyError,
  PartialFailureError,
  ThrottledError,
} from '../../../src/base/errors';
import { type Emulator, startEmulator } from '../../../src/emulator';
import { throwIfFailed } from '../../../src/operations/outcome';
import type { CallOptions } from '../../../src/options/call-options';
import type { ClientOptions } from '../../../src/options/client-options';
import { V2Stub } from '../../../src/rpc/v2-stub';

const general = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
const colours = 'https://clarifai.com/clarifai/main/models/color-recognition';
const train = 'https://samples.clarifai.com/metro-north.jpg';
const photo = join(__dirname, '../../../node_modules/clarifai-nodejs-grpc/tests/assets/metro-north.jpg');

let emulator: Emulator;
let clarifai: Clarifai;

beforeEach(async () => {
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

afterEach(async () => {
  emulator.assertNoPending();
  await clarifai.close();
  await emulator.close();
});

async function failureOf(call: Promise<unknown>): Promise<ClarifaiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ClarifaiError);
  return error as ClarifaiError;
}

describe('predictions', () => {
  test('a file’s bytes reach the model, and its colours come back', async () => {
    const [output] = throwIfFailed(await clarifai.postModelOutputs({ model: colours, inputs: [{ file: photo }] }));
    const shares = output?.data?.colors.map(({ value }) => value) ?? [];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    expect(output?.data?.colors[0]?.w3c?.name).toMatch(/^[A-Z]/);
    expect(output?.createdAt).toBeInstanceOf(Date);
  });

  test('300 inputs, some of them wrong, come back in order with one outcome each', async () => {
    const inputs = Array.from({ length: 300 }, (_, index) =>
      index % 100 === 50 ? { file: `/no/such/file-${index}.jpg` } : `${train}?${index}`,
    );
    const outcomes = await clarifai.postModelOutputs({ model: general, inputs });
    expect(outcomes.map(({ index }) => index)).toEqual([...inputs.keys()]);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.index]))).toEqual([50, 150, 250]);
    expect(emulator.requests({ method: 'PostModelOutputs' })).toHaveLength(3);
    expect(() => throwIfFailed(outcomes)).toThrow(PartialFailureError);
  });

  test('the bytes of a Node Buffer are sent without a copy being needed', async () => {
    const outcomes = await clarifai.postModelOutputs({ model: general, inputs: [readFileSync(photo)] });
    expect(throwIfFailed(outcomes)[0]?.data?.concepts).toHaveLength(20);
  });

  test('outputConfig arrives at the model', async () => {
    const outputConfig = { maxConcepts: 3, minValue: 0.1 };
    const [output] = throwIfFailed(await clarifai.postModelOutputs({ model: general, inputs: [train], outputConfig }));
    expect(output?.data?.concepts).toHaveLength(3);
  });

  test('an answer without any concept is an answer', async () => {
    const outcomes = await clarifai.postModelOutputs({
      model: general,
      inputs: [train],
      outputConfig: { minValue: 1 },
    });
    expect(throwIfFailed(outcomes)[0]?.data?.concepts).toEqual([]);
  });

  test('inferenceParams arrive at a model of one’s own', async () => {
    emulator.model({
      id: 'echo',
      takes: 'text',
      predict: (_media, { params }) => ({ text: { raw: JSON.stringify(params) } }),
    });
    const [output] = throwIfFailed(
      await clarifai.postModelOutputs({
        model: 'echo',
        inputs: [{ text: 'x' }],
        inferenceParams: { temperature: 0.5 },
      }),
    );
    expect(output?.data?.text?.raw).toBe('{"temperature":0.5}');
  });

  test('an input the service cannot fetch is its own outcome among good ones', async () => {
    const outcomes = await clarifai.postModelOutputs({
      model: general,
      inputs: [train, 'https://example.invalid/nothing.jpg', `${train}?2`],
    });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]).toMatchObject({ error: { statusCode: 30002 } });
  });

  test.each(['modern', 'legacy'] as const)(
    'a single bad URL is an outcome, whichever status the %s service gives',
    async (badUrlStatus) => {
      await using other = await startEmulator({ badUrlStatus });
      await using client = new Clarifai(other.clientOptions);
      const [outcome] = await client.postModelOutputs({ model: general, inputs: ['https://example.invalid/a.jpg'] });
      expect(outcome).toMatchObject({ ok: false, error: { statusCode: 30002 } });
    },
  );
});

describe('workflows', () => {
  test('answer one output a node, in the order of the nodes', async () => {
    const [result] = throwIfFailed(
      await clarifai.postWorkflowResults({ workflow: 'general-and-color', inputs: [{ file: photo }] }),
    );
    expect(result?.outputs.map(({ model }) => model?.id)).toEqual(['general-image-recognition', 'color-recognition']);
  });

  test('keep a state from call to call', async () => {
    let state = 'init';
    const onWorkflowState = (id: string): void => void (state = id);
    await clarifai.postWorkflowResults({
      workflow: 'general-and-color',
      inputs: [train],
      workflowState: state,
      onWorkflowState,
    });
    expect(state).not.toBe('init');
    const again = await clarifai.postWorkflowResults({
      workflow: 'general-and-color',
      inputs: [train],
      workflowState: state,
    });
    expect(throwIfFailed(again)).toHaveLength(1);
  });
});

describe('what the service refuses', () => {
  test('an unknown model rejects, and the message says where to look', async () => {
    const error = await failureOf(clarifai.postModelOutputs({ model: 'nope', inputs: [train] }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ statusCode: 21200, code: 'MODEL_DOES_NOT_EXIST', method: 'PostModelOutputs' });
    expect(error.requestId).toMatch(/[0-9a-f]{32}$/);
  });

  test('an unknown workflow rejects', async () => {
    const error = await failureOf(clarifai.postWorkflowResults({ workflow: 'nope', inputs: [train] }));
    expect(error).toBeInstanceOf(NotFoundError);
  });

  test('a credential that the service does not know rejects without a retry, and without showing it', async () => {
    const pat = 'f'.repeat(32);
    await using client = new Clarifai({ ...emulator.clientOptions, pat });
    const error = await failureOf(client.postModelOutputs({ model: general, inputs: [train] }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain(pat);
    expect(emulator.requests({ method: 'PostModelOutputs' })).toHaveLength(1);
  });

  test.each<[string, ClientOptions, CallOptions]>([
    ['of a token source', { token: () => 'sekret-abc' }, {}],
    ['of the call’s own metadata', { pat: 'another-1234' }, { metadata: { authorization: 'Key sekret-abc' } }],
    ['of a session', { sessionToken: 'sekret-abc' }, {}],
  ])('a credential %s that the service repeats is taken out of the error', async (_, credential, options) => {
    await using client = new Clarifai({ base: emulator.base, ...credential });
    const calls = [
      { grpc: 16, details: 'sekret-abc is bad' },
      { status: 11008, details: 'bad: sekret-abc' },
    ];
    for (const step of calls) {
      emulator.script('PostModelOutputs', [step]);
      const error = await failureOf(client.postModelOutputs({ model: general, inputs: [train] }, options));
      expect(error.message).toContain('[redacted]');
      expect(inspect(error, { depth: 9 })).not.toContain('sekret-abc');
    }
  });

  test('a raw stub is made from the emulator’s stubOptions', async () => {
    await using stub = new V2Stub(emulator.stubOptions);
    const { status } = await stub.GetApp({ userAppId: { userId: emulator.userId, appId: emulator.appId } });
    expect(status?.code).toBe(10000);
  });

  test('129 inputs in a call of the raw stub get the service’s own answer', async () => {
    const inputs = Array.from({ length: 129 }, () => ({ data: { image: { url: train } } }));
    const { status, outputs } = await clarifai.rpc.PostModelOutputs({
      userAppId: { userId: 'clarifai', appId: 'main' },
      modelId: 'general-image-recognition',
      inputs,
    });
    expect(status?.code).toBe(40001);
    expect(outputs).toEqual([]);
  });

  test('a closed client rejects', async () => {
    await clarifai.close();
    await clarifai.close();
    expect(await failureOf(clarifai.postModelOutputs({ model: general, inputs: [train] }))).toMatchObject({
      code: 'CLIENT_CLOSED',
    });
  });

  test('a misspelt field of the raw stub is an error that names RPC and path', async () => {
    const request = { inputs: [{ data: { image: { ulr: train } } }] };
    const error = await failureOf(clarifai.rpc.PostModelOutputs(request as object));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error.message).toMatch(/PostModelOutputs.*inputs\[0\]\.data\.image.*ulr.*url/);
    expect(emulator.requests()).toEqual([]);
  });
});

describe('retries', () => {
  const call = (options = {}): Promise<unknown> =>
    clarifai.postModelOutputs({ model: general, inputs: [train] }, options);
  const quick = { retry: { baseDelayMs: 1, throttledDelayMs: 1 } };

  test.each([
    ['UNAVAILABLE', [14, 14]],
    ['throttling in the body', [{ status: 11005 }, { status: 11005 }]],
    ['a lost answer', [{ dropAfterCommit: true }]],
    ['an item that failed for a moment', [{ items: { 0: 40032 } }]],
  ])('%s is tried again', async (_, steps) => {
    emulator.script('PostModelOutputs', steps);
    await call(quick);
    expect(emulator.requests({ method: 'PostModelOutputs' })).toHaveLength(steps.length + 1);
  });

  test('three attempts are all, and the error lists them', async () => {
    emulator.script('PostModelOutputs', [{ status: 11005 }, { status: 11005 }, { status: 11005 }]);
    const [outcome] = await clarifai.postModelOutputs({ model: general, inputs: [train] }, quick);
    expect(outcome?.ok).toBe(false);
    const error = outcome?.ok === false ? outcome.error : undefined;
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error?.attempts).toHaveLength(3);
    expect(error?.attempts?.map(({ code }) => code)).toEqual(Array(3).fill('CONN_THROTTLED'));
  });

  test('interceptors of the caller run for every attempt, the outermost first', async () => {
    const seen: string[] = [];
    const named =
      (name: string): Interceptor =>
      (options, nextCall) => {
        seen.push(name);
        return new InterceptingCall(nextCall(options));
      };
    await using client = new Clarifai({ ...emulator.clientOptions, interceptors: [named('outer'), named('inner')] });
    emulator.script('PostModelOutputs', [14]);
    await client.postModelOutputs({ model: general, inputs: [train] }, quick);
    expect(seen).toEqual(['outer', 'inner', 'outer', 'inner']);
  });

  test('retry: null makes one attempt', async () => {
    emulator.script('PostModelOutputs', [14]);
    const [outcome] = await clarifai.postModelOutputs({ model: general, inputs: [train] }, { retry: null });
    expect(outcome).toMatchObject({ ok: false, error: { grpcCode: 14, attempts: [{ attempt: 1 }] } });
  });

  test('a model that is being loaded is waited for', async () => {
    emulator.script('PostModelOutputs', [{ status: 21351 }, { status: 21354 }, 'ok']);
    await call({ retry: { baseDelayMs: 1, maxDelayMs: 5 } });
    expect(emulator.requests({ method: 'PostModelOutputs' })).toHaveLength(3);
  });

  test('notReadyMs: null does not wait for a model', async () => {
    emulator.script('PostModelOutputs', [{ status: 21351 }]);
    const [outcome] = await clarifai.postModelOutputs(
      { model: general, inputs: [train] },
      { retry: { notReadyMs: null } },
    );
    expect(outcome).toMatchObject({ ok: false, error: expect.any(NotReadyError) as unknown });
  });

  test('an attempt that takes too long is given up and repeated', async () => {
    emulator.script('PostModelOutputs', [{ latencyMs: 5000 }, 'ok']);
    const outcomes = await clarifai.postModelOutputs(
      { model: general, inputs: [train] },
      { ...quick, attemptTimeoutMs: 200 },
    );
    expect(throwIfFailed(outcomes)).toHaveLength(1);
  });

  test('timeoutMs ends the call with all its attempts', async () => {
    const rule = emulator.rule('PostModelOutputs', { latencyMs: 5000 });
    const [outcome] = await clarifai.postModelOutputs({ model: general, inputs: [train] }, { timeoutMs: 150 });
    expect(outcome).toMatchObject({ ok: false, error: expect.any(DeadlineExceededError) as unknown });
    rule.remove();
  });

  test('timeoutMs given to a call bounds all its requests together', async () => {
    const rule = emulator.rule('PostModelOutputs', { latencyMs: 150 });
    const inputs = Array.from({ length: 640 }, (_, index) => `${train}?${index}`);
    const outcomes = await clarifai.postModelOutputs({ model: general, inputs, concurrency: 1 }, { timeoutMs: 400 });
    const late = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(late.length).toBeGreaterThanOrEqual(3 * 128);
    expect(late.every((error) => error instanceof DeadlineExceededError)).toBe(true);
    rule.remove();
  });

  test('an abort during the wait between attempts rejects with the reason', async () => {
    emulator.script('PostModelOutputs', [{ status: 11005 }]);
    const abort = new AbortController();
    const pending = call({ signal: abort.signal, retry: { throttledDelayMs: 60_000, maxDelayMs: 60_000 } });
    while (emulator.requests({ method: 'PostModelOutputs' }).length === 0) await new Promise((r) => setTimeout(r, 5));
    const reason = new Error('enough');
    setTimeout(() => abort.abort(reason), 20);
    await expect(pending).rejects.toBe(reason);
  });
});
