import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
});

async function statusWith(headers: Record<string, string>) {
  const { status } = await harness.client.call('ListInputs', { userAppId: harness.userAppId }, headers);
  return { code: status?.code, description: status?.description, details: status?.details };
}

const malformed = {
  code: 11102,
  description: 'Invalid request',
  details: 'Empty or malformed authorization header. Please provide an API key or session token.',
};

it.each([
  ['is missing', {}],
  ['is empty', { authorization: '' }],
  ['has no key', { authorization: 'Key ' }],
  ['has a lower-case scheme', { authorization: `key ${'0'.repeat(32)}` }],
  ['has another scheme', { authorization: `Bearer ${'0'.repeat(32)}` }],
])('calls an authorization header malformed that %s', async (_, headers) => {
  expect(await statusWith(headers)).toEqual(malformed);
});

it('tells a key of the wrong format from one that it does not know', async () => {
  expect(await statusWith(patHeaders('not-a-key'))).toEqual({
    code: 11008,
    description: 'Invalid API key or Invalid API key/application pair',
    details: 'Invalid format of key.',
  });
  const unknown = await statusWith(patHeaders('0123456789abcdef0123456789abcdef'));
  expect(unknown).toMatchObject({ code: 11009, description: 'API key not found' });
  expect(unknown.details).toMatch(/^invalid key\(/);
});

it('accepts the PAT, the app key and the session token', async () => {
  const { emulator } = harness;
  for (const headers of [
    patHeaders(emulator.pat),
    patHeaders(emulator.apiKey),
    { 'x-clarifai-session-token': emulator.sessionToken },
  ]) {
    expect(await statusWith(headers)).toMatchObject({ code: 10000, description: 'Ok' });
  }
});

it('accepts the credentials that it was started with, whatever they look like', async () => {
  const credentials = { pat: 'my-pat', apiKey: 'my-key', sessionToken: 'my-session' };
  await using mine = await startHarness({ ...credentials, userId: 'user-1', appId: 'app-1' });
  expect(mine.emulator.clientOptions).toEqual({
    base: mine.emulator.base,
    pat: 'my-pat',
    userId: 'user-1',
    appId: 'app-1',
  });
  for (const headers of [patHeaders('my-pat'), patHeaders('my-key'), { 'x-clarifai-session-token': 'my-session' }]) {
    expect((await mine.client.call('GetApp', { userAppId: mine.userAppId }, headers)).app?.id).toBe('app-1');
  }
});

it('refuses an unknown session token', async () => {
  expect(await statusWith({ 'x-clarifai-session-token': 'other' })).toMatchObject({ code: 11008 });
});

it('wants to know the app from a PAT, and knows it from an app key', async () => {
  const { client, emulator } = harness;
  const withPat = await client.call('ListInputs', {});
  expect(withPat.status).toMatchObject({ code: 11008, details: 'Must provide app external ID in API authorizer' });
  const withUserOnly = await client.call('ListInputs', { userAppId: { userId: emulator.userId } });
  expect(withUserOnly.status).toMatchObject({ code: 11008 });
  const withKey = await client.call('ListInputs', {}, patHeaders(emulator.apiKey));
  expect(withKey.status?.code).toBe(10000);
});

it('takes the user of the PAT when only the app is named, and for the name `me`', async () => {
  const { client, emulator } = harness;
  for (const userId of ['', 'me']) {
    const answer = await client.call('GetApp', { userAppId: { userId, appId: emulator.appId } });
    expect(answer.app).toMatchObject({ id: emulator.appId, userId: emulator.userId });
  }
});

it('refuses an app key where the RPC needs a PAT', async () => {
  const answer = await harness.client.call('ListApps', {}, patHeaders(harness.emulator.apiKey));
  expect(answer.status).toMatchObject({ code: 11007, description: 'API key has insufficient scopes' });
});

it('lets everybody read the public app, and nobody write to it', async () => {
  const userAppId = { userId: 'clarifai', appId: 'main' };
  const read = await harness.client.call('ListModels', { userAppId });
  expect(read.models.map(({ id }) => id)).toContain('color-recognition');
  const written = await harness.client.call('PostConcepts', { userAppId, concepts: [{ id: 'cat' }] });
  expect(written.status?.code).toBe(11007);
});

it('answers RPCs without authentication to anybody', async () => {
  const { statuses } = await harness.client.call('ListStatusCodes', {}, {});
  expect(statuses.length).toBeGreaterThan(400);
  const one = await harness.client.call('GetStatusCode', { statusCodeId: '30000' }, {});
  expect(one.status).toMatchObject({ code: 30000, description: 'Download complete' });
});
