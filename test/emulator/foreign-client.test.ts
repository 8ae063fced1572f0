// The official Node client, which nobody here wrote: both of its forms must get along with the emulator.
import * as official from 'clarifai-nodejs-grpc';
import { V2Client } from 'clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb';
import * as resources from 'clarifai-nodejs-grpc/proto/clarifai/api/resources_pb';
import * as service from 'clarifai-nodejs-grpc/proto/clarifai/api/service_pb';
import type { Emulator } from '../../src/emulator/index';
import { startEmulator } from '../../src/emulator/index';
import { photograph } from './harness';

type Answer = { readonly status: { readonly code: number }; readonly [field: string]: unknown };
type Callback = (error: Error | null, answer: Answer) => void;
type DynamicClient = Record<string, (request: object, metadata: unknown, callback: Callback) => void> & {
  close(): void;
};
type StubClass = new (address: string, credentials: unknown, options: object) => DynamicClient;

const { ChannelCredentials, Metadata } = official.grpc;
const generalModelId = 'aaa03c23b3724a16a56b629203edc62c';
const dog = 'https://samples.clarifai.com/dog2.jpeg';
const missing = 'https://example.com/non-existing.jpg';
// The package's types do not declare its dynamic stub, which makes only TLS channels; its class takes any credentials.
const { ClarifaiStub } = official as unknown as {
  ClarifaiStub: { grpc(): { readonly constructor: unknown; close(): void } };
};

let emulator: Emulator;
let metadata: official.grpc.Metadata;

beforeAll(async () => {
  emulator = await startEmulator();
  metadata = new Metadata();
  // An app key and no user_app_id, as the package's own tests use it.
  metadata.set('authorization', `Key ${emulator.apiKey}`);
});

afterAll(async () => {
  await emulator.close();
});

describe('the dynamic stub', () => {
  let client: DynamicClient;

  beforeAll(() => {
    const stub = ClarifaiStub.grpc();
    stub.close();
    client = new (stub.constructor as StubClass)(`127.0.0.1:${emulator.port}`, ChannelCredentials.createInsecure(), {});
  });

  afterAll(() => client.close());

  const call = (name: string, request: object) =>
    new Promise<Answer>((resolve, reject) => {
      client[name]?.(request, metadata, (error, answer) => (error === null ? resolve(answer) : reject(error)));
    });

  it('predicts by URL and by bytes, and sees a bad URL fail', async () => {
    for (const image of [{ url: dog }, { base64: photograph() }]) {
      const answer = await call('PostModelOutputs', { model_id: generalModelId, inputs: [{ data: { image } }] });
      expect(answer).toMatchObject({
        status: { code: 10000 },
        outputs: [{ data: { concepts: { length: 20 } } }],
      });
    }
    const failed = await call('PostModelOutputs', {
      model_id: generalModelId,
      inputs: [{ data: { image: { url: missing } } }],
    });
    expect(failed).toMatchObject({ status: { code: 30002 }, outputs: [{ status: { code: 30002 } }] });
  });

  it('adds inputs, reads them and deletes them', async () => {
    const inputs = [
      { id: 'dynamic', data: { image: { url: dog, allow_duplicate_url: true }, concepts: [{ id: 'dog' }] } },
    ];
    expect(await call('PostInputs', { inputs })).toMatchObject({
      status: { code: 10000 },
      inputs: [{ id: 'dynamic' }],
    });
    const got = await call('GetInput', { input_id: 'dynamic' });
    expect(got).toMatchObject({ input: { data: { concepts: [{ id: 'dog', value: 0 }] } } });
    expect(await call('ListInputs', {})).toMatchObject({ status: { code: 10000 }, inputs: [{ id: 'dynamic' }] });
    expect(await call('DeleteInput', { input_id: 'dynamic' })).toMatchObject({ status: { code: 10000 } });
  });

  it('lists two models, and none past the end', async () => {
    expect((await call('ListModels', { per_page: 2 }))['models']).toHaveLength(2);
    expect((await call('ListModels', { page: 1000, per_page: 500 }))['models']).toHaveLength(0);
  });
});

describe('the static client', () => {
  let client: V2Client;

  beforeAll(() => {
    client = new V2Client(`127.0.0.1:${emulator.port}`, ChannelCredentials.createInsecure());
  });

  afterAll(() => client.close());

  const input = (url: string) =>
    new resources.Input().setData(new resources.Data().setImage(new resources.Image().setUrl(url)));

  it('predicts', async () => {
    const request = new service.PostModelOutputsRequest().setModelId(generalModelId);
    request.addInputs(input(dog));
    const answer = await new Promise<service.MultiOutputResponse>((resolve, reject) => {
      client.postModelOutputs(request, metadata, (error, response) =>
        error === null ? resolve(response) : reject(error),
      );
    });
    expect(answer.getStatus()?.getCode()).toBe(10000);
    expect(answer.getOutputsList()[0]?.getData()?.getConceptsList()).toHaveLength(20);
  });

  it('adds inputs', async () => {
    const request = new service.PostInputsRequest();
    request.addInputs(input('https://samples.clarifai.com/static.jpeg'));
    const answer = await new Promise<service.MultiInputResponse>((resolve, reject) => {
      client.postInputs(request, metadata, (error, response) => (error === null ? resolve(response) : reject(error)));
    });
    expect(answer.getStatus()?.getCode()).toBe(10000);
    expect(answer.getInputsList()[0]?.getId()).toMatch(/^[0-9a-f]{32}$/);
  });
});
