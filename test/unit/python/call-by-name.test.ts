import { startEmulator } from '../../../src/emulator/index';
import { callByName, describeRpcs, type JsonAnswer } from '../../../src/python/index';
import { V2Stub } from '../../../src/rpc/index';

async function allOf(answers: AsyncIterable<JsonAnswer>): Promise<JsonAnswer[]> {
  const all: JsonAnswer[] = [];
  for await (const answer of answers) all.push(answer);
  return all;
}

test('every RPC has its messages and its kind', () => {
  const rpcs = describeRpcs();
  expect(rpcs).toHaveLength(289);
  expect(rpcs.filter(({ request, response }) => request === '' || response === '')).toEqual([]);
  expect(rpcs.find(({ name }) => name === 'PostInputs')).toEqual({
    name: 'PostInputs',
    kind: 'unary',
    request: 'PostInputsRequest',
    response: 'MultiInputResponse',
  });
});

test("protobuf's JSON goes in and comes out, by both names of a field", async () => {
  await using emulator = await startEmulator();
  await using stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
  const { userId, appId } = emulator;
  const inputs = [{ id: 'a', data: { image: { base64: 'AAEC' }, metadata: { shelf: [1, null] } } }];
  const [posted] = await allOf(callByName(stub, 'PostInputs', [{ user_app_id: { user_id: userId, appId }, inputs }]));
  expect(posted?.answer).toMatchObject({
    status: { code: 'SUCCESS' },
    inputs: [{ id: 'a', data: { metadata: { shelf: [1, null] } } }],
  });
  expect(posted?.error).toBeUndefined();
  expect(emulator.requests()[0]?.request).toMatchObject({
    inputs: [{ data: { image: { base64: Buffer.from([0, 1, 2]) } } }],
  });
});

test('a status of failure is the error that it calls for', async () => {
  await using emulator = await startEmulator();
  await using stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
  const { userId, appId } = emulator;
  const [missing] = await allOf(callByName(stub, 'GetInput', [{ inputId: 'none' }], { userAppId: { userId, appId } }));
  expect(missing?.error).toMatchObject({ name: 'NotFoundError', method: 'GetInput' });
});

test('one request is wanted where the RPC takes one, and a stream is cancelled by break', async () => {
  await using emulator = await startEmulator();
  await using stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
  await expect(allOf(callByName(stub, 'ListInputs', [{}, {}]))).rejects.toThrow(
    'Expected one request for ListInputs, got 2',
  );
  await expect(allOf(callByName(stub, 'ListInput', [{}]))).rejects.toThrow('did you mean `ListInputs`?');
  const request = {
    userAppId: { userId: 'clarifai', appId: 'main' },
    modelId: 'synthetic-text-generation',
    inputs: [{ data: { text: { raw: 'count to a hundred' } } }],
  };
  for await (const { error } of callByName(stub, 'GenerateModelOutputs', [request])) {
    expect(error).toBeUndefined();
    break;
  }
});
