import {
  MultiOutputResponse,
  PostModelOutputsRequest as requestCodec,
  PostWorkflowResultsResponse,
} from '../../../generated/codec/core';
import type {
  PostModelOutputsRequest,
  PostWorkflowResultsRequest,
} from '../../../generated/proto/clarifai/api/service';
import { systemClock } from '../../../src/base/clock';
import {
  AuthenticationError,
  type ClarifaiError,
  InvalidRequestError,
  NotFoundError,
  ServerError,
  UnavailableError,
} from '../../../src/base/errors';
import type { InputLike } from '../../../src/inputs/input-like';
import { collect } from '../../../src/operations/collect';
import type { Invoke, InvokeOptions } from '../../../src/operations/invoker';
import type { Outcome } from '../../../src/operations/outcome';
import type { CallOptions } from '../../../src/options/call-options';
import {
  iterateModelOutputs,
  type ModelOutputsParams,
  type Output,
  postModelOutputs,
} from '../../../src/predict/model-outputs';
import {
  iterateWorkflowResults,
  postWorkflowResults,
  type WorkflowResult,
  type WorkflowResultsParams,
} from '../../../src/predict/workflow-results';
import type { DeepPartial } from '../../../src/wire/codec';

type ModelRequest = DeepPartial<PostModelOutputsRequest>;
type WorkflowRequest = DeepPartial<PostWorkflowResultsRequest>;

const urlOf = (index: number): string => `https://a.b/${index}.jpg`;
const urls = (count: number): string[] => [...Array(count).keys()].map(urlOf);
const ok = { code: 10000, description: 'Ok' };

/** Answers every input with its own URL as the text. */
function echo(request: ModelRequest): Parameters<typeof MultiOutputResponse.encode>[0] {
  return {
    status: ok,
    outputs: (request.inputs ?? []).map((input) => ({
      status: ok,
      createdAt: { seconds: 1_700_000_000, nanos: 5_000_000 },
      data: { text: { raw: input.data?.image?.url ?? '' } },
    })),
  };
}

class FakeModel {
  readonly requests: ModelRequest[] = [];
  readonly options: InvokeOptions[] = [];
  inFlight = 0;
  mostInFlight = 0;
  constructor(
    readonly answer: (request: ModelRequest) => ReturnType<typeof echo> | Promise<ReturnType<typeof echo>> = echo,
  ) {}

  readonly invoke = (async (_method: string, sent: ModelRequest, options: InvokeOptions) => {
    // The inputs are encoded already, and have no fields to look at.
    const request: ModelRequest = requestCodec.decode(requestCodec.encode(sent));
    this.requests.push(request);
    this.options.push(options);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      const answer = await this.answer(request);
      return MultiOutputResponse.decode(MultiOutputResponse.encode(answer));
    } finally {
      this.inFlight--;
    }
  }) as Invoke;
}

type Tail<F extends (first: never, ...rest: never) => unknown> = F extends (
  first: never,
  ...rest: infer Rest
) => unknown
  ? Rest
  : never;

const forms = {
  'one by one': {
    postModelOutputs: async (...args: Parameters<typeof iterateModelOutputs>) => collect(iterateModelOutputs(...args)),
    postWorkflowResults: async (...args: Parameters<typeof iterateWorkflowResults>) =>
      collect(iterateWorkflowResults(...args)),
  },
  'all at once': {
    postModelOutputs: (invoke: Invoke, ...args: Tail<typeof postModelOutputs>) =>
      postModelOutputs({ invoke, clock: systemClock }, ...args),
    postWorkflowResults: (invoke: Invoke, ...args: Tail<typeof postWorkflowResults>) =>
      postWorkflowResults({ invoke, clock: systemClock }, ...args),
  },
};

const failure = (
  Class: typeof ClarifaiError,
  fields: Partial<ConstructorParameters<typeof ClarifaiError>[1]>,
): ClarifaiError => new Class('failed', { code: 'X', source: 'status', category: 'fatal', ...fields });

test('an endless source is read no further than requests are in flight', async () => {
  let read = 0;
  function* endless(): Generator<InputLike> {
    for (;;) yield urlOf(read++);
  }
  for await (const outcome of iterateModelOutputs(
    new FakeModel().invoke,
    {},
    { model: 'm', inputs: endless(), concurrency: 2 },
    {},
  )) {
    if (outcome.index === 200) break;
  }
  expect(read).toBeLessThanOrEqual(5 * 128);
});

describe.each(Object.entries(forms))('%s', (_form, form) => {
  const predict = (
    model: FakeModel,
    params: Partial<ModelOutputsParams>,
    options: CallOptions = {},
    scope = {},
  ): Promise<Outcome<Output>[]> =>
    form.postModelOutputs(model.invoke, scope, { model: 'm', inputs: urls(1), ...params }, options);

  describe('chunks', () => {
    test('any number of inputs comes back in order, 128 a request', async () => {
      const model = new FakeModel();
      const outcomes = await predict(model, { inputs: urls(300) });
      expect(model.requests.map(({ inputs }) => inputs?.length)).toEqual([128, 128, 44]);
      expect(outcomes.map((outcome) => outcome.ok && outcome.value.data?.text?.raw)).toEqual(urls(300));
      expect(outcomes.map(({ index }) => index)).toEqual([...Array(300).keys()]);
    });

    test('as many requests are in flight as `concurrency` says, and the answers keep their order', async () => {
      const model = new FakeModel(async (request) => {
        while (model.mostInFlight < 3) await new Promise((resolve) => setImmediate(resolve));
        const isFirst = request.inputs?.[0]?.data?.image?.url === urlOf(0);
        while (isFirst && model.inFlight > 1) await new Promise((resolve) => setImmediate(resolve));
        return echo(request);
      });
      const outcomes = await predict(model, { inputs: urls(640), concurrency: 3 });
      expect(model.mostInFlight).toBe(3);
      expect(outcomes.map(({ index }) => index)).toEqual([...Array(640).keys()]);
    });
  });

  test('a request is full at 16 MiB, and a larger input goes alone', async () => {
    const model = new FakeModel();
    const image = (mebibytes: number): InputLike => ({ image: new Uint8Array(mebibytes * 1024 * 1024) });
    const outcomes = await predict(model, { inputs: [image(6), image(6), image(6), image(18), image(1)] });
    expect(model.requests.map(({ inputs }) => inputs?.length)).toEqual([2, 1, 1, 1]);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  });

  describe('one input', () => {
    test('a wrong input is its own outcome, and is not sent', async () => {
      const model = new FakeModel();
      const outcomes = await predict(model, { inputs: [urlOf(0), { id: 'bad', file: '/no/such/file.jpg' }, urlOf(2)] });
      expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
      expect(outcomes[1]).toMatchObject({ index: 1, id: 'bad', error: { code: 'INVALID_ARGUMENT', source: 'client' } });
      expect(model.requests[0]?.inputs).toHaveLength(2);
    });

    test('the status of an output is the outcome of its input', async () => {
      const model = new FakeModel((request) => {
        const { outputs = [] } = echo(request);
        const bad = { status: { code: 30002, description: 'Download failed; check URL', details: '404' } };
        return { status: { code: 10010 }, outputs: outputs.map((output, index) => (index === 1 ? bad : output)) };
      });
      const outcomes = await predict(model, { inputs: urls(3) });
      expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
      expect(outcomes[1]).toMatchObject({ error: { statusCode: 30002 } });
    });

    test('a model without partial predicts is asked in halves until the bad input stands alone', async () => {
      const model = new FakeModel((request) => {
        if (request.inputs?.some((input) => input.data?.image?.url === urlOf(5)) !== true) return echo(request);
        return { status: { code: 10020 }, outputs: (request.inputs ?? []).map(() => ({ status: { code: 30002 } })) };
      });
      const outcomes = await predict(model, { inputs: urls(16) });
      expect(outcomes.filter((outcome) => !outcome.ok).map(({ index }) => index)).toEqual([5]);
      expect(outcomes.map(({ index }) => index)).toEqual([...Array(16).keys()]);
      expect(model.requests).toHaveLength(9);
    });
  });

  describe('one request', () => {
    test('a request that fails after its retries fails only its own inputs', async () => {
      const model = new FakeModel((request) => {
        if (request.inputs?.length === 128) return echo(request);
        throw failure(UnavailableError, { category: 'transient', grpcCode: 14, source: 'grpc' });
      });
      const outcomes = await predict(model, { inputs: urls(130) });
      expect(outcomes.filter((outcome) => !outcome.ok).map(({ index }) => index)).toEqual([128, 129]);
    });

    test('fewer outputs than inputs is an error of every input in the request', async () => {
      const outcomes = await predict(new FakeModel(() => ({ status: ok, outputs: [{ status: ok }] })), {
        inputs: urls(2),
      });
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ ok: false, error: expect.any(ServerError) as unknown });
        expect(!outcome.ok && outcome.error.message).toMatch(/one answer for each of 2 inputs, got 1/);
      }
    });

    test('a request too large for the service is halved', async () => {
      const model = new FakeModel((request) => {
        if ((request.inputs?.length ?? 0) <= 2) return echo(request);
        throw failure(InvalidRequestError, { code: 'REQUEST_TOO_LARGE', category: 'rejected', source: 'grpc' });
      });
      const outcomes = await predict(model, { inputs: urls(5) });
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    });
  });

  describe('the call', () => {
    test.each([
      ['a refused credential', failure(AuthenticationError, { category: 'auth' })],
      ['an unknown model', failure(NotFoundError, { statusCode: 21200 })],
      ['a refused option', failure(InvalidRequestError, { category: 'rejected', statusCode: 21202 })],
      ['what is no error of the service', new RangeError('a bug')],
    ])('%s rejects, after one request', async (_, error) => {
      const model = new FakeModel(() => {
        throw error;
      });
      await expect(predict(model, { inputs: urls(10) })).rejects.toBe(error);
      expect(model.requests).toHaveLength(1);
    });

    test('an aborted signal rejects with its reason before anything is sent', async () => {
      const model = new FakeModel();
      await expect(predict(model, {}, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
      expect(model.requests).toEqual([]);
    });

    test('an abort while a request is under way rejects with its reason, whatever that is', async () => {
      const controller = new AbortController();
      const reason = failure(UnavailableError, { category: 'transient' });
      const model = new FakeModel(() => {
        controller.abort(reason);
        throw reason;
      });
      await expect(predict(model, {}, { signal: controller.signal })).rejects.toBe(reason);
    });

    test('requests under way are aborted when another one fails the call', async () => {
      let aborted = false;
      const model = new FakeModel(async (request) => {
        if (request.inputs?.length === 128) {
          while (model.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
          throw failure(AuthenticationError, { category: 'auth' });
        }
        await new Promise<void>((resolve) => {
          model.options[1]?.signal?.addEventListener('abort', () => {
            aborted = true;
            resolve();
          });
        });
        return echo(request);
      });
      await expect(predict(model, { inputs: urls(129) })).rejects.toBeInstanceOf(AuthenticationError);
      expect(aborted).toBe(true);
    });

    test.each<[string, Partial<ModelOutputsParams>, CallOptions, RegExp]>([
      ['an empty list', { inputs: [] }, {}, /`inputs` to be at least one input/],
      ['inputs that are no list', { inputs: 7 as never }, {}, /`inputs` to be an iterable/],
      [
        'bytes in place of a list',
        { inputs: new Uint8Array(3) as never },
        {},
        /`inputs` to be several inputs, such as \[bytes\]/,
      ],
      [
        'concepts to select that are no list',
        { outputConfig: { selectConcepts: 'a' as never } },
        {},
        /`outputConfig\.selectConcepts` to be an array/,
      ],
      ['null for a configuration', { outputConfig: null as never }, {}, /`outputConfig` to be an object, got `null`/],
      [
        'a threshold of NaN',
        { outputConfig: { minValue: NaN } },
        {},
        /`outputConfig\.minValue` to be a number from 0 to 1, got `NaN`/,
      ],
      ['201 concepts', { outputConfig: { maxConcepts: 201 } }, {}, /`outputConfig\.maxConcepts`.*`201`/],
      ['an unknown parameter', { modle: 'x' } as never, {}, /Unknown name `modle`.*`model`/],
      ['an unknown option', {}, { timeoutMS: 5 } as never, /Unknown name `timeoutMS`.*`timeoutMs`/],
      ['a model that is no id', { model: '' }, {}, /`model` to be a non-empty string/],
      ['the URL of a workflow', { model: 'https://clarifai.com/a/b/workflows/c' }, {}, /`model`.*workflow/],
      [
        'NaN among inference parameters',
        { inferenceParams: { t: NaN } },
        {},
        /`inferenceParams\.t` to be a finite number/,
      ],
      ['no concurrency', { concurrency: 0 }, {}, /`concurrency`/],
    ])('%s is refused before anything is sent', async (_, params, options, message) => {
      const model = new FakeModel();
      await expect(predict(model, params, options)).rejects.toThrow(message);
      expect(model.requests).toEqual([]);
    });
  });

  describe('the request', () => {
    test('carries the ids of the URL, the options, and the size for the deadline', async () => {
      const model = new FakeModel();
      await predict(
        model,
        {
          model: 'https://clarifai.com/clarifai/main/models/general/versions/v1',
          outputConfig: { maxConcepts: 3, selectConcepts: ['cat'] },
          inferenceParams: { temperature: 0.5 },
        },
        {},
        { userId: 'me', appId: 'mine' },
      );
      expect(model.requests[0]).toMatchObject({
        modelId: 'general',
        versionId: 'v1',
        userAppId: { userId: 'clarifai', appId: 'main' },
        model: {
          modelVersion: {
            outputInfo: {
              outputConfig: { maxConcepts: 3, selectConcepts: [{ id: 'cat' }] },
              params: { temperature: 0.5 },
            },
          },
        },
      });
      expect(model.options[0]?.requestBytes).toBeGreaterThan(urlOf(0).length);
    });

    test('an id alone is a model of the client’s own app', async () => {
      const model = new FakeModel();
      await predict(model, { model: 'm' }, {}, { userId: 'me', appId: 'mine' });
      expect(model.requests[0]).toMatchObject({ modelId: 'm', userAppId: { userId: 'me', appId: 'mine' } });
    });
  });

  test('answers are plain data: Dates for timestamps', async () => {
    const [outcome] = await predict(new FakeModel(), {});
    expect(outcome?.ok === true && outcome.value.createdAt).toEqual(new Date(1_700_000_000_005));
  });

  describe('workflows', () => {
    const requests: WorkflowRequest[] = [];
    const invoke = ((_method: string, request: WorkflowRequest) => {
      requests.push(request);
      const results = (request.inputs ?? []).map((input) => ({
        status: ok,
        id: input.data?.image?.url,
        outputs: [{}, {}],
      }));
      const workflowState = request.workflowState === undefined ? undefined : { id: 'state-1' };
      const answer = PostWorkflowResultsResponse.encode({ status: ok, results, workflowState });
      return Promise.resolve(PostWorkflowResultsResponse.decode(answer));
    }) as Invoke;

    async function run(params: Partial<WorkflowResultsParams>): Promise<Outcome<WorkflowResult>[]> {
      requests.length = 0;
      return form.postWorkflowResults(invoke, {}, { workflow: 'w', inputs: urls(1), ...params }, {});
    }

    test('run on 32 inputs a request, or as many as the caller says', async () => {
      expect(await run({ inputs: urls(40) })).toHaveLength(40);
      expect(requests.map(({ inputs }) => inputs?.length)).toEqual([32, 8]);
      await run({ inputs: urls(40), chunkSize: 128 });
      expect(requests).toHaveLength(1);
    });

    test('a state goes with one request only: more inputs are refused before anything is sent', async () => {
      await expect(run({ inputs: urls(33), workflowState: 'init' })).rejects.toThrow(
        /`inputs` to fit one request when `workflowState`/,
      );
      expect(requests).toEqual([]);
    });

    test('a request with a state is sent once, whatever its answer', async () => {
      const answers = [
        { status: { code: 10020 }, results: urls(4).map(() => ({ status: { code: 30002 } })) },
        new InvalidRequestError('too large', { code: 'REQUEST_TOO_LARGE', source: 'grpc', category: 'rejected' }),
      ];
      for (const answer of answers) {
        let sent = 0;
        const once = (() => {
          sent++;
          if (answer instanceof Error) return Promise.reject(answer);
          return Promise.resolve(PostWorkflowResultsResponse.decode(PostWorkflowResultsResponse.encode(answer)));
        }) as Invoke;
        const params = { workflow: 'w', inputs: urls(4), workflowState: 'init' };
        for (const outcome of await form.postWorkflowResults(once, {}, params, {})) expect(outcome.ok).toBe(false);
        expect(sent).toBe(1);
      }
    });

    test('the new state is handed out', async () => {
      let state: string | undefined;
      await run({ inputs: urls(2), workflowState: 'init', onWorkflowState: (id) => (state = id) });
      expect(state).toBe('state-1');
      expect(requests[0]?.workflowState).toEqual({ id: 'init' });
    });
  });
});
