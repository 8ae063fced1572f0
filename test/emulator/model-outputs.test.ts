import type { Input } from '../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../generated/proto/clarifai/api/service';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';
import { patHeaders } from './raw-client';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
});

const byUrl = (url: string): DeepPartial<Input> => ({ data: { image: { url } } });
const train = byUrl('https://samples.clarifai.com/metro-north.jpg');
const missing = byUrl('https://example.com/non-existing.jpg');

function predict(request: DeepPartial<PostModelOutputsRequest>) {
  return harness.client.call('PostModelOutputs', {
    userAppId: harness.userAppId,
    modelId: 'general-image-recognition',
    ...request,
  });
}

it('answers one output per input, with the model, its version and the input', async () => {
  const answer = await predict({ inputs: [{ ...train, id: 'mine' }] });
  expect(answer.status).toMatchObject({ code: 10000, description: 'Ok' });
  const [output] = answer.outputs;
  expect(output).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    status: { code: 10000, description: 'Ok' },
    model: {
      id: 'general-image-recognition',
      name: 'general',
      appId: 'main',
      userId: 'clarifai',
      outputInfo: { message: 'Show output_info with: GET /models/{model_id}/output_info' },
      modelVersion: { id: 'aa7f35c01e0642fda5cf400f543e7c40', status: { code: 21100 } },
    },
    input: { id: 'mine', data: { image: { url: 'https://samples.clarifai.com/metro-north.jpg' } } },
  });
  expect(output?.createdAt).toBeDefined();
});

it('answers 20 made-up concepts by default, falling in value, and always the same ones', async () => {
  const concepts = async () => (await predict({ inputs: [train] })).outputs[0]?.data?.concepts ?? [];
  const first = await concepts();
  expect(first).toHaveLength(20);
  const values = first.map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  for (const { id, name, value } of first) {
    expect(id).toMatch(/^ai_\w{8}$/);
    expect(name).not.toBe('');
    expect(value > 0 && value < 1).toBe(true);
  }
  expect(await concepts()).toEqual(first);
  const other = await predict({ inputs: [byUrl('https://samples.clarifai.com/travel.jpg')] });
  expect(other.outputs[0]?.data?.concepts.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
});

it('says of a synthetic model that it is one', async () => {
  const { model } = await harness.client.call('GetModel', {
    userAppId: harness.userAppId,
    modelId: 'general-image-recognition',
  });
  expect(model?.notes).toMatch(/^Synthetic/);
});

it('knows the general model by its old id, and by its version', async () => {
  const answer = await predict({
    modelId: 'aaa03c23b3724a16a56b629203edc62c',
    versionId: 'aa7f35c01e0642fda5cf400f543e7c40',
    inputs: [train],
  });
  expect(answer.status?.code).toBe(10000);
  const wrong = await predict({ versionId: 'no-such-version', inputs: [train] });
  expect(wrong.status?.code).toBe(21200);
});

it('predicts with an app key and no user_app_id', async () => {
  const request = { modelId: 'general-image-recognition', inputs: [train] };
  const answer = await harness.client.call('PostModelOutputs', request, patHeaders(harness.emulator.apiKey));
  expect(answer.status?.code).toBe(10000);
});

it('honours max_concepts, min_value and select_concepts', async () => {
  const concepts = async (outputConfig: object) => {
    const answer = await predict({ inputs: [train], model: { outputInfo: { outputConfig } } });
    return answer.outputs[0]?.data?.concepts ?? [];
  };
  expect(await concepts({ maxConcepts: 3 })).toHaveLength(3);
  const likely = await concepts({ minValue: 0.9, maxConcepts: 200 });
  expect(likely.length).toBeGreaterThan(0);
  expect(likely.every(({ value }) => value >= 0.9)).toBe(true);
  expect(
    (await concepts({ selectConcepts: [{ name: 'train' }, { id: 'ai_fvlBqXZR' }] })).map(({ name }) => name).sort(),
  ).toEqual(['railway', 'train']);
});

it.each([
  [{ maxConcepts: 201 }, "'max_concepts' must be within the interval (0, 200]"],
  [{ minValue: 1.5 }, "'min_value' must be within the interval [0,1]."],
  [{ minValue: -0.1 }, "'min_value' must be within the interval [0,1]."],
  [{ minValue: Number.NaN }, "'min_value' must be within the interval [0,1]."],
])('refuses the output config %j', async (outputConfig, details) => {
  const answer = await predict({ inputs: [train], model: { outputInfo: { outputConfig } } });
  expect(answer.status).toMatchObject({ code: 21202, description: 'Invalid model argument', details });
  expect(answer.outputs).toEqual([]);
});

it('answers an unknown model in the words of the service', async () => {
  const answer = await predict({ modelId: 'nope', inputs: [train] });
  expect(answer.status).toMatchObject({
    code: 21200,
    description: 'Model does not exist',
    details: 'Model does not exist',
  });
});

it.each([0, 129])('refuses %d inputs', async (count) => {
  const answer = await predict({ inputs: Array.from({ length: count }, () => train) });
  expect(answer.status?.code).toBe(40001);
  expect(answer.outputs).toEqual([]);
});

it('gives the call the status of its single bad input, or FAILURE as it was in 2019', async () => {
  const modern = await predict({ inputs: [missing] });
  expect(modern.status?.code).toBe(30002);
  expect(modern.outputs[0]).toMatchObject({
    status: {
      code: 30002,
      description: 'Download failed; check URL',
      details: '404 Client Error: Not Found for url: https://example.com/non-existing.jpg',
    },
    data: { concepts: [] },
  });
  await using legacy = await startHarness({ badUrlStatus: 'legacy' });
  const { userAppId } = legacy;
  const answer = await legacy.client.call('PostModelOutputs', {
    userAppId,
    modelId: 'general-image-recognition',
    inputs: [missing],
  });
  expect([answer.status?.code, answer.outputs[0]?.status?.code]).toEqual([10020, 30002]);
});

it('answers good and bad inputs together with MIXED_STATUS, in order', async () => {
  const answer = await predict({ inputs: [train, missing, {}, byUrl(''), byUrl('https://host.invalid/a.jpg'), train] });
  expect(answer.status).toMatchObject({ code: 10010, description: 'Mixed Success' });
  expect(answer.outputs.map(({ status }) => status?.code)).toEqual([10000, 30002, 30104, 30104, 30002, 10000]);
  const allBad = await predict({ inputs: [missing, missing] });
  expect(allBad.status?.code).toBe(10020);
});

it('answers bytes that are no image with 30002, and a wrong kind of input with 30101', async () => {
  expect((await predict({ inputs: [{ data: { image: { base64: new Uint8Array(100) } } }] })).status?.code).toBe(30002);
  expect((await predict({ inputs: [{ data: { text: { raw: 'hello' } } }] })).status).toMatchObject({
    code: 30101,
    description: 'Input format unsupported',
  });
});

it('shows bytes as a hosted URL of the app', async () => {
  const answer = await predict({ inputs: [{ data: { image: { base64: photograph() } } }] });
  const image = answer.outputs[0]?.input?.data?.image;
  expect(image?.base64).toHaveLength(0);
  expect(image?.url).toMatch(
    /^https:\/\/data\.clarifai\.com\/orig\/users\/emulator-user\/apps\/emulator-app\/inputs\/image\/[0-9a-f]{32}$/,
  );
});
