import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostInputsRequest, PostModelOutputsRequest, PostWorkflowResultsRequest } from '../../generated/codec/core';
import { Clarifai } from '../../src/client';
import { type Emulator, startEmulator } from '../../src/emulator';
import type { InputLike } from '../../src/inputs/input-like';

const { snippets } = JSON.parse(readFileSync(join(__dirname, '../fixtures/golden/grpc-snippets.json'), 'utf8')) as {
  readonly snippets: readonly { readonly name: string; readonly request_b64: string }[];
};
const golden = (name: string): string => snippets.find((snippet) => snippet.name === name)?.request_b64 ?? '';

const train = 'https://samples.clarifai.com/metro-north.jpg';
const puppy = 'https://samples.clarifai.com/puppy.jpeg';
const fileBytes = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);
const model = { id: 'general-image-recognition', versionId: 'aa7f35c01e0642fda5cf400f543e7c40' };

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ userId: 'user-1', appId: 'app-1' });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Base64 of what an operation sent, without the ids that this client made. */
async function sent(run: (clarifai: Clarifai) => Promise<unknown>, options: object): Promise<string> {
  await using clarifai = new Clarifai(options);
  await run(clarifai).catch(() => undefined);
  const [predict] = emulator.requests({ method: 'PostModelOutputs' });
  if (predict?.request !== undefined) return base64(PostModelOutputsRequest.encode(predict.request));
  const [workflow] = emulator.requests({ method: 'PostWorkflowResults' });
  if (workflow?.request !== undefined) return base64(PostWorkflowResultsRequest.encode(workflow.request));
  const [post] = emulator.requests({ method: 'PostInputs' });
  const inputs = post?.request?.inputs.map(({ id, ...input }) =>
    /^[0-9a-f]{32}$/.test(id) ? input : { ...input, id },
  );
  return base64(PostInputsRequest.encode({ ...post?.request, inputs }));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
// The prediction snippets of the documentation name no user and app: they are written for an app's key.
const appKey = (): object => ({ base: emulator.base, apiKey: emulator.apiKey });
const pat = (): object => emulator.clientOptions;

describe('postModelOutputs sends what the Python snippet sends', () => {
  test.each<[string, InputLike]>([
    ['000-predict-image-url', train],
    ['000-predict-image-bytes', { image: fileBytes }],
  ])('%s', async (name, input) => {
    expect(await sent((clarifai) => clarifai.postModelOutputs({ model, inputs: [input] }), appKey())).toBe(
      golden(name),
    );
  });

  test('own-predict-text-raw-and-url', async () => {
    const inputs = [
      { text: 'I love your product very much — très bien 😀' },
      'https://samples.clarifai.com/negative_sentence_12.txt',
    ];
    const request = await sent((clarifai) => clarifai.postModelOutputs({ model: model.id, inputs }), pat());
    expect(request).toBe(golden('own-predict-text-raw-and-url'));
  });
});

test('postWorkflowResults sends what the Python snippet sends: own-post-workflow-results-url', async () => {
  const request = await sent(
    (clarifai) => clarifai.postWorkflowResults({ workflow: 'my-custom-workflow', inputs: [train] }),
    pat(),
  );
  expect(request).toBe(golden('own-post-workflow-results-url'));
});

describe('postInputs sends what the Python snippet sends, apart from the ids it makes', () => {
  const allowDuplicateUrl = true;
  test.each<[string, InputLike[]]>([
    ['003-post-inputs-url', [{ url: train, allowDuplicateUrl }]],
    ['003-post-inputs-bytes', [{ image: fileBytes }]],
    [
      '003-post-inputs-multiple-with-ids',
      [
        { id: 'mytrain', url: train, allowDuplicateUrl },
        { id: 'mypuppy', url: puppy, allowDuplicateUrl },
      ],
    ],
    ['003-post-inputs-concept', [{ url: puppy, allowDuplicateUrl, concepts: ['charlie'] }]],
    [
      '003-post-inputs-multiple-concepts',
      [{ url: puppy, allowDuplicateUrl, concepts: ['one', 'two', 'three', 'four', 'five', 'six'] }],
    ],
    [
      '003-post-inputs-metadata',
      [{ url: puppy, allowDuplicateUrl, metadata: { id: 'id001', type: 'animal', size: 100 } }],
    ],
  ])('%s', async (name, inputs) => {
    expect(await sent((clarifai) => clarifai.postInputs(inputs), pat())).toBe(golden(name));
  });
});
