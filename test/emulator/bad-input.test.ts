// Every kind of input that a service must expect from strangers: each ends in the documented status or a gRPC error.
// What comes in below gRPC's messages is in wire-input.test.ts.
import type { MethodName } from '../../generated/methods';
import { methods } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import { isImplemented } from '../../src/emulator/handlers/all-handlers';
import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness({ limits: { maxRequestBytes: 100_000 } });
  const { emulator } = harness;
  await emulator.seed({
    concepts: [{ id: 'cat' }],
    datasets: [{ id: 'd' }],
    inputs: [{ id: 'a', data: { text: { raw: 'x' } } }],
  });
});
afterAll(async () => {
  expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
  await harness[Symbol.asyncDispose]();
});

const names = Object.keys(methods) as MethodName[];
const implemented = names.filter((name) => isImplemented(name) && methods[name].kind === 'unary');
/** Fields of a request as [proto name, camelCase name, kind, repeated]. */
function fieldsOf(name: MethodName) {
  const request = reflection().methods[name]?.[1] ?? '';
  return (reflection().messages[request] ?? []).map(([, jsName, , kind, , cardinality]) => ({
    jsName,
    kind,
    cardinality,
  }));
}
const lists = implemented.filter((name) => fieldsOf(name).some(({ jsName }) => jsName === 'perPage'));

interface Outcome {
  readonly statusCode?: number;
  readonly grpcCode?: number | undefined;
  readonly details?: string | undefined;
}

/** The status in an answer, or the gRPC code; a call that has no end fails the test by its time limit. */
async function outcome(name: MethodName, request: object, headers?: Record<string, string>): Promise<Outcome> {
  // One name of many: what fits them all.
  const call = harness.client.call(name as 'ListInputs', request, headers);
  return call.then(
    ({ status }) => ({ statusCode: status?.code ?? 0, details: status?.details ?? '' }),
    (error: { readonly code?: number; readonly details?: string }) => ({
      grpcCode: error.code,
      details: error.details,
    }),
  );
}

describe.each(lists)('%s', (name) => {
  const { userAppId } = { userAppId: { userId: 'emulator-user', appId: 'emulator-app' } };
  const hasPage = fieldsOf(name).some(({ jsName }) => jsName === 'page');

  it('takes page 0 for the first, and has nothing on a page past the end', async () => {
    if (!hasPage) return;
    const zero = await outcome(name, { userAppId, page: 0 });
    expect(zero).toEqual(await outcome(name, { userAppId, page: 1 }));
    // A negative page, as the unsigned number that it is on the wire.
    for (const page of [999_999_999, 0xffffffff])
      expect(await outcome(name, { userAppId, page, perPage: 1000 })).toEqual(zero);
  });

  it('refuses more than 1000 a page', async () => {
    for (const perPage of [1001, 0xffffffff]) {
      const refused = await outcome(name, { userAppId, perPage });
      // Where something is missing, that may be said first.
      if ((await outcome(name, { userAppId })).statusCode === 10000)
        expect(refused).toMatchObject({ statusCode: 11100 });
      else expect(refused.statusCode).not.toBe(10000);
    }
  });
});

it('does not let a page of a search reach for ever', async () => {
  const { client, userAppId } = harness;
  const search = async (page: number, perPage: number) =>
    (await client.call('PostInputsSearches', { userAppId, searches: [{ query: {} }], pagination: { page, perPage } }))
      .status;
  expect((await search(1, 1000))?.code).toBe(10000);
  expect((await search(1, 1001))?.code).not.toBe(10000);
  expect((await search(0xffffffff, 1000))?.code).toBe(40002);
});

describe('an id that cannot be', () => {
  const wrong = ['a/b', '../a', '..', 'a b', 'a\u0000b', '\u2028', 'x'.repeat(300), 'a?b=c', 'a#b', '%2e', '\\'];
  const posts: readonly (readonly [MethodName, (id: string) => object])[] = [
    ['PostApps', (id) => ({ apps: [{ id }] })],
    ['PostConcepts', (id) => ({ concepts: [{ id }] })],
    ['PostDatasets', (id) => ({ datasets: [{ id }] })],
    ['PostDatasetVersions', (id) => ({ datasetId: 'd', datasetVersions: [{ id }] })],
    ['PostModels', (id) => ({ models: [{ id }] })],
    ['PostWorkflows', (id) => ({ workflows: [{ id, nodes: [{ id: 'n', model: { id: 'color-recognition' } }] }] })],
    ['PostModules', (id) => ({ modules: [{ id }] })],
    ['PostRunners', (id) => ({ runners: [{ id }] })],
  ];

  it.each(posts)('is refused by %s', async (name, request) => {
    const { userAppId } = harness;
    for (const id of wrong) {
      const { statusCode } = await outcome(name, { userAppId, ...request(id) });
      expect([id, statusCode]).not.toEqual([id, 10000]);
      expect(statusCode).toBeGreaterThan(10000);
    }
  });

  it('is refused for one input, and the others are taken', async () => {
    const { client, userAppId } = harness;
    const ids = [...wrong, 'fine'];
    const answer = await client.call('PostInputs', {
      userAppId,
      inputs: ids.map((id) => ({ id, data: { text: { raw: id } } })),
    });
    expect(answer.status?.code).toBe(10010);
    expect(answer.inputs.map(({ status }) => status?.code)).toEqual([...wrong.map(() => 30104), 30001]);
  });

  it('is the id of nothing, to whoever asks for it', async () => {
    const { userAppId } = harness;
    for (const name of implemented.filter((one) => one.startsWith('Get'))) {
      const key = fieldsOf(name).find(({ jsName, kind }) => kind === 'string' && /id$/i.test(jsName))?.jsName;
      if (key === undefined || name === 'GetStatusCode') continue;
      for (const id of ['a/b', '../..', '__proto__', 'constructor', '']) {
        const { statusCode } = await outcome(name, { userAppId, [key]: id });
        expect([name, id, statusCode]).not.toEqual([name, id, undefined]);
      }
    }
  });
});

it('refuses wrong keys the same way in every RPC, whatever it is', async () => {
  for (const name of names.filter((one) => methods[one].kind === 'unary')) {
    if (reflection().methods[name]?.[4] === 'NoAuth') continue;
    expect([name, await outcome(name, {}, patHeaders('f'.repeat(32)))]).toMatchObject([name, { statusCode: 11009 }]);
    expect([name, await outcome(name, {}, {})]).toMatchObject([name, { statusCode: 11102 }]);
  }
});

it('answers an empty request with a status, in every RPC that it implements', async () => {
  for (const name of implemented) {
    const hasScope = fieldsOf(name).some(({ jsName }) => jsName === 'userAppId');
    for (const request of [{}, hasScope ? { userAppId: harness.userAppId } : {}]) {
      const answer = await outcome(name, request);
      expect([name, answer]).not.toEqual([name, expect.objectContaining({ grpcCode: expect.anything() as number })]);
    }
  }
});

it('refuses a message that is too large, and goes on', async () => {
  const inputs = [{ data: { text: { raw: 'x'.repeat(200_000) } } }];
  expect(await outcome('PostInputs', { userAppId: harness.userAppId, inputs })).toMatchObject({ grpcCode: 8 });
  expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
});

it.each([
  ['invalid UTF-8 in an id', '0a0612016112 01ff'],
  ['a field that is longer than the message', '0aff01'],
  ['a number without an end', '10ffffffffffffffffffffffff'],
  ['a group without an end', '0b'],
  ['field number 0', '0001'],
  ['a wire type that there is not', '0f'],
])('answers %s with INTERNAL', async (_what, hex) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  await expect(harness.client.bytes(methods.GetInput.path, bytes)).rejects.toMatchObject({ code: 13 });
});

it('answers messages that are nested without end with INTERNAL', async () => {
  let bytes: Buffer = Buffer.alloc(0);
  // google.protobuf.Value: a list of a list of a list ...
  for (let depth = 0; depth < 500; depth++) bytes = field(6, field(1, bytes));
  const metadata = field(1, Buffer.concat([field(1, Buffer.from('k')), field(2, bytes)]));
  const numberOf = (message: string, name: string) =>
    reflection().messages[message]?.find(([, jsName]) => jsName === name)?.[2] ?? 0;
  const data = field(numberOf('clarifai.api.Data', 'metadata'), metadata);
  const input = field(numberOf('clarifai.api.Input', 'data'), data);
  const request = field(numberOf('clarifai.api.PostInputsRequest', 'inputs'), input);
  await expect(harness.client.bytes(methods.PostInputs.path, request)).rejects.toMatchObject({ code: 13 });
});

/** A length-delimited field. */
function field(number: number, contents: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = contents.length; ; rest >>>= 7) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest & 127) | 128);
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), contents]);
}

it('answers RPCs that there are not with UNIMPLEMENTED', async () => {
  for (const path of ['/clarifai.api.V2/DoNothing', '/clarifai.api.V3/GetUser', '/', '/clarifai.api.V2/__proto__'])
    await expect(harness.client.bytes(path, new Uint8Array())).rejects.toMatchObject({ code: 12 });
});
