// What this client relies on, asked of the emulator and, with CLARIFAI_CONTRACT=live and a PAT, user and app in the
// environment, of the real service: the same rules must hold there.
import { Clarifai } from '../../src/client';
import { AuthenticationError, ClarifaiError, NotFoundError } from '../../src/base/errors';
import { type Emulator, startEmulator } from '../../src/emulator';
import { throwIfFailed } from '../../src/operations/outcome';
import type { ClientOptions } from '../../src/options/client-options';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';

const general = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
const train = 'https://samples.clarifai.com/metro-north.jpg';
const live = process.env['CLARIFAI_CONTRACT'] === 'live';

let emulator: Emulator | undefined;
let options: ClientOptions;
let clarifai: Clarifai;

beforeAll(async () => {
  if (!live) emulator = await startEmulator();
  options = emulator?.clientOptions ?? {};
  clarifai = new Clarifai(options);
}, 30_000);

afterAll(async () => {
  await clarifai.close();
  await emulator?.close();
});

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test('an image by URL gets 20 concepts, the likeliest first', async () => {
  const [output] = throwIfFailed(await clarifai.postModelOutputs({ model: general, inputs: [train] }));
  const values = output?.data?.concepts.map(({ value }) => value) ?? [];
  expect(values).toHaveLength(20);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(values.every((value) => value > 0 && value <= 1)).toBe(true);
  expect(output?.status?.code).toBe(StatusCode.SUCCESS);
  expect(output?.input?.data?.image?.url).toBe(train);
  expect(output?.model?.id).toBe('general-image-recognition');
});

test('maxConcepts and minValue hold', async () => {
  const outputConfig = { maxConcepts: 3, minValue: 0.5 };
  const [output] = throwIfFailed(await clarifai.postModelOutputs({ model: general, inputs: [train], outputConfig }));
  const concepts = output?.data?.concepts ?? [];
  expect(concepts.length).toBeGreaterThan(0);
  expect(concepts.length).toBeLessThanOrEqual(3);
  expect(concepts.every(({ value }) => value >= 0.5)).toBe(true);
});

test('selectConcepts answers for those concepts only', async () => {
  const [all] = throwIfFailed(await clarifai.postModelOutputs({ model: general, inputs: [train] }));
  const [, second] = all?.data?.concepts ?? [];
  const outputConfig = { selectConcepts: [second?.id ?? ''] };
  const [output] = throwIfFailed(await clarifai.postModelOutputs({ model: general, inputs: [train], outputConfig }));
  expect(output?.data?.concepts.map(({ name }) => name)).toEqual([second?.name]);
});

test('an image that cannot be fetched fails alone', async () => {
  const outcomes = await clarifai.postModelOutputs({
    model: general,
    inputs: [train, 'https://example.invalid/none.jpg'],
  });
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
  expect(outcomes[1]).toMatchObject({ error: { statusCode: StatusCode.INPUT_FAILED } });
});

test('an unknown model and an unknown workflow are not found', async () => {
  const model = await failureOf(clarifai.postModelOutputs({ model: 'no-such-model-here', inputs: [train] }));
  const workflow = await failureOf(
    clarifai.postWorkflowResults({ workflow: 'no-such-workflow-here', inputs: [train] }),
  );
  expect(model).toBeInstanceOf(NotFoundError);
  expect(model).toMatchObject({ statusCode: StatusCode.MODEL_DOES_NOT_EXIST });
  expect(workflow).toBeInstanceOf(NotFoundError);
  expect(workflow).toMatchObject({ statusCode: StatusCode.CONN_DOES_NOT_EXIST });
});

test.each([
  ['of the wrong form', 'not-a-key', StatusCode.CONN_KEY_INVALID],
  ['unknown', '0'.repeat(32), StatusCode.CONN_KEY_NOT_FOUND],
])('a key that is %s is refused in the body of the answer', async (_, pat, statusCode) => {
  await using stranger = new Clarifai({ ...options, pat });
  const error = await failureOf(stranger.postModelOutputs({ model: general, inputs: [train] }));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ statusCode, source: 'status' });
});

test('an input goes from pending to done, is listed with its labels, and its id cannot be taken twice', async () => {
  const id = `contract-${Date.now().toString(36)}`;
  const userAppId = {
    userId: options.userId ?? process.env['CLARIFAI_USER_ID'],
    appId: options.appId ?? process.env['CLARIFAI_APP_ID'],
  };
  const input = { id, url: `${train}?${id}`, concepts: ['train', { id: 'night', value: 0 }], metadata: { shelf: [1] } };
  try {
    throwIfFailed(await clarifai.postInputs([input]));
    let code: StatusCode | undefined = StatusCode.INPUT_PENDING;
    while (code === StatusCode.INPUT_PENDING || code === StatusCode.INPUT_IN_PROGRESS) {
      await new Promise((resolve) => setTimeout(resolve, live ? 1000 : 20));
      const { input: kept } = await clarifai.rpc.GetInput({ userAppId, inputId: id });
      code = kept?.status?.code;
    }
    expect(code).toBe(StatusCode.INPUT_SUCCESS);
    const { inputs } = await clarifai.rpc.ListInputs({ userAppId, ids: [id] });
    expect(inputs[0]?.data?.metadata).toEqual({ shelf: [1] });
    expect(inputs[0]?.data?.concepts.map((concept) => [concept.id, concept.value])).toEqual([
      ['train', 1],
      ['night', 0],
    ]);
    const [again] = await clarifai.postInputs([input]);
    expect(again?.ok === false && again.error).toBeInstanceOf(ClarifaiError);
    expect(again).toMatchObject({ error: { name: 'AlreadyExistsError' } });
  } finally {
    await clarifai.rpc.DeleteInputs({ userAppId, ids: [id] });
  }
}, 120_000);
