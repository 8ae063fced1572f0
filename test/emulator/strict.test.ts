import { methods } from '../../generated/methods';
import { createManualClock, startEmulator } from '../../src/emulator/index';
import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

/** With a clock that moves by hand, as 15 calls a second are all there are. */
async function start(strict: boolean): Promise<Harness> {
  return startHarness({ strict, clock: createManualClock() });
}

/** Field 99, a string. */
const unknown = Buffer.from([0x9a, 0x06, 0x01, 0x78]);

describe.each([true, false])('strict: %s', (strict) => {
  it('refuses fields that the protos do not have, when it is', async () => {
    await using harness = await start(strict);
    const known = methods.GetUser.request().encode({});
    const bytes = await harness.client.bytes(methods.GetUser.path, Buffer.concat([known, unknown]));
    const { status } = methods.GetUser.response().decode(bytes);
    if (!strict) return expect(status?.code).toBe(10000);
    expect(status).toMatchObject({ code: 11100, details: 'Unknown field 99 in clarifai.api.GetUserRequest.' });
  });

  it('refuses fields that are deprecated, when it is, and says where they are', async () => {
    await using harness = await start(strict);
    const { client, userAppId } = harness;
    const modelInput = { userAppId, models: [{ id: 'm' }, { id: 'n', displayName: 'N' }] };
    const { status } = await client.call('PostModels', modelInput);
    if (!strict) return expect(status?.code).toBe(10000);
    expect(status).toMatchObject({ code: 11100, details: 'The field models[1].display_name is deprecated.' });
    const list = await client.call('ListModels', { userAppId, dontFetchFromMain: true });
    expect(list.status).toMatchObject({ code: 11100, details: 'The field dont_fetch_from_main is deprecated.' });
  });

  it('takes 15 requests a second, when it is', async () => {
    await using harness = await start(strict);
    const codes = [];
    for (let count = 0; count < 16; count++) codes.push((await harness.client.call('GetUser', {})).status?.code);
    expect(codes.lastIndexOf(10000)).toBe(strict ? 14 : 15);
    if (strict) expect(codes.at(-1)).toBe(11005);
  });

  it('takes a session alone where the protos want one, when it is', async () => {
    await using harness = await start(strict);
    const { client, emulator } = harness;
    expect((await client.call('ListScopes', {})).status?.code).toBe(strict ? 11007 : 10000);
    const session = { 'x-clarifai-session-token': emulator.sessionToken };
    expect((await client.call('ListScopes', {}, session)).status?.code).toBe(10000);
  });

  it('takes what there is nothing to say against', async () => {
    await using harness = await start(strict);
    const { client, userAppId } = harness;
    const inputs = [
      {
        id: 'a',
        data: {
          text: { raw: 'x' },
          concepts: [{ id: 'cat', value: 1 }],
          metadata: { any: { thing: [1, 'two', null] } },
          geo: { geoPoint: { longitude: 1, latitude: 2 } },
        },
      },
    ];
    expect((await client.call('PostInputs', { userAppId, inputs })).status?.code).toBe(10000);
    const searches = [{ query: { filters: [{ annotation: { data: { concepts: [{ id: 'cat', value: 1 }] } } }] } }];
    expect((await client.call('PostInputsSearches', { userAppId, searches })).status?.code).toBe(10000);
  });
});

it('refuses in the middle of a stream, too', async () => {
  await using harness = await start(true);
  const request = {
    userAppId: { userId: 'clarifai', appId: 'main' },
    modelId: 'synthetic-text-generation',
    inputs: [{ data: { text: { raw: 'x' } } }],
  };
  const deprecated = { ...request, model: { displayName: 'old' } };
  for (const [name, requests] of [
    ['GenerateModelOutputs', [deprecated]],
    ['StreamModelOutputs', [request, deprecated]],
  ] as const) {
    const answers = [];
    for await (const { status } of harness.client.stream(name, requests)) answers.push(status);
    expect(answers.at(-1)).toMatchObject({ code: 11100, details: 'The field model.display_name is deprecated.' });
  }
});

it('lets another rate be asked for, and checks the credential first', async () => {
  await using harness = await startHarness({ strict: true, requestsPerSecond: 1000 });
  for (let count = 0; count < 30; count++) expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
  const stranger = await harness.client.call(
    'PostModels',
    { models: [{ displayName: 'x' }] },
    patHeaders('f'.repeat(32)),
  );
  expect(stranger.status?.code).toBe(11009);
});

it.each([
  [{ strict: 'yes' as never }, 'options.strict'],
  [{ strict: true, pat: 'my-pat' }, 'options.pat'],
  [{ strict: true, apiKey: 'F'.repeat(32) }, 'options.apiKey'],
])('refuses to start with %j, and does not show keys', async (options, named) => {
  const error: unknown = await startEmulator(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(String(error)).toContain(named);
  expect(String(error)).not.toContain('my-pat');
});
