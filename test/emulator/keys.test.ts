import { createManualClock } from '../../src/emulator/index';
import type { Key } from '../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

const pat = 'personal_access_token';
const reading = ['Apps_Get', 'Inputs_Get', 'Annotations_Get', 'Concepts_Get'];
let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function post(key: DeepPartial<Key>, headers?: Record<string, string>) {
  const { keys, status } = await harness.client.call('PostKeys', { keys: [key] }, headers);
  return { key: keys[0], id: keys[0]?.id ?? '', status };
}

async function listInputs(id: string, request: object = { userAppId: harness.userAppId }) {
  return (await harness.client.call('ListInputs', request, patHeaders(id))).status;
}

it('makes keys that open what their scopes say, and nothing else', async () => {
  const { client, emulator, userAppId } = harness;
  const { key, id } = await post({ description: 'reads', type: pat, scopes: reading });
  expect(key).toMatchObject({ description: 'reads', type: pat, scopes: reading, apps: [] });
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(id).not.toBe(emulator.pat);
  expect((await listInputs(id))?.code).toBe(10000);
  const inputs = [{ data: { text: { raw: 'x' } } }];
  const refused = await client.call('PostInputs', { userAppId, inputs }, patHeaders(id));
  expect(refused.status).toMatchObject({
    code: 11007,
    description: 'API key has insufficient scopes',
    details: 'PostInputs needs Annotations_Add, Inputs_Add, Models_Get, Predict, Workflows_Get.',
  });
  expect(refused.inputs).toEqual([]);
});

it('makes keys of one app, which needs no naming then', async () => {
  const { client, emulator } = harness;
  await client.call('PostApps', { apps: [{ id: 'other' }] });
  const { id, key } = await post({ scopes: ['All'], apps: [{ id: 'other' }] });
  expect(key).toMatchObject({ type: 'app_specific_key', apps: [{ id: 'other', userId: emulator.userId }] });
  expect((await listInputs(id, {}))?.code).toBe(10000);
  expect((await client.call('MyScopes', {}, patHeaders(id))).app?.id).toBe('other');
  expect((await listInputs(id))?.code).toBe(11101);
  expect((await client.call('ListKeys', {}, patHeaders(id))).status?.code).toBe(11007);
});

it('makes keys for endpoints, with the scopes that these need', async () => {
  const { client, userAppId } = harness;
  const { id, key } = await post({ type: pat, endpoints: ['/clarifai.api.V2/ListInputs'] });
  expect(key?.scopes.toSorted()).toEqual(reading.toSorted());
  expect((await listInputs(id))?.code).toBe(10000);
  const other = await client.call('GetInputCount', { userAppId }, patHeaders(id));
  expect(other.status).toMatchObject({ code: 11007, details: expect.stringContaining('GetInputCount') as string });
});

it.each<[string, DeepPartial<Key>]>([
  ['no scope', { type: pat }],
  ['a scope that there is not', { type: pat, scopes: ['Inputs_Eat'] }],
  ['a scope without what it needs', { type: pat, scopes: ['Inputs_Delete', 'Inputs_Get'] }],
  ['an endpoint that there is not', { type: pat, endpoints: ['/clarifai.api.V2/EatInputs'] }],
  ['a type that there is not', { type: 'skeleton', scopes: ['All'] }],
  ['no app, when it is for one', { scopes: ['All'] }],
  ['an app, when it is for all', { type: pat, scopes: ['All'], apps: [{ id: 'emulator-app' }] }],
])('makes no key with %s', async (_what, key) => {
  expect((await post(key)).status?.code).toBe(11100);
  expect((await harness.client.call('ListKeys', {})).keys).toHaveLength(2);
});

it('makes no key that could do more than the one it is made with', async () => {
  const { id } = await post({ type: pat, scopes: ['Apps_Get', 'Keys_Add', 'Keys_Get'] });
  expect((await post({ type: pat, scopes: ['Apps_Get'] }, patHeaders(id))).status?.code).toBe(10000);
  const refused = await post({ type: pat, scopes: ['Apps_Get', 'Inputs_Get'] }, patHeaders(id));
  expect(refused.status).toMatchObject({ code: 11007, details: expect.stringContaining('Inputs_Get') as string });
});

it('finds, changes and deletes keys', async () => {
  const { client, userAppId } = harness;
  const { id } = await post({ description: 'old', type: pat, scopes: reading });
  expect((await client.call('GetKey', { keyId: id })).key).toMatchObject({ id, description: 'old' });
  const patch = { id, description: 'new', scopes: ['Apps_Get'] };
  expect((await client.call('PatchKeys', { keys: [patch], action: 'merge' })).status?.code).toBe(11100);
  expect((await client.call('PatchKeys', { keys: [patch], action: 'overwrite' })).keys).toMatchObject([patch]);
  expect((await listInputs(id))?.code).toBe(11007);
  expect((await client.call('DeleteKey', { keyId: id })).status?.code).toBe(10000);
  expect(await listInputs(id)).toMatchObject({ code: 11009, description: 'API key not found' });
  expect((await client.call('GetKey', { keyId: id })).status?.code).toBe(11101);
  expect((await client.call('ListAppKeys', { userAppId })).keys).toHaveLength(1);
});

it('lists keys by type, scope, endpoint and whether they have expired', async () => {
  const { client, emulator } = harness;
  const seconds = Date.UTC(2026, 0, 1) / 1000 + 60;
  const { id: short } = await post({ type: pat, scopes: ['Apps_Get'], expiresAt: { seconds, nanos: 0 } });
  const { id: narrow } = await post({ type: pat, endpoints: ['/clarifai.api.V2/ListInputs'] });
  const ids = async (filter: object) => (await client.call('ListKeys', filter)).keys.map(({ id }) => id);
  expect(await ids({ type: 'app_specific_key' })).toEqual([emulator.apiKey]);
  expect(await ids({ scopes: ['Apps_Get'] })).toEqual([short, narrow]);
  expect(await ids({ endpoints: ['/clarifai.api.V2/ListInputs'] })).toEqual([narrow]);
  expect(await ids({ notExpired: true })).toContain(short);
  emulator.advance(60_000);
  expect(await ids({ notExpired: true })).not.toContain(short);
  expect(await ids({ page: 2, perPage: 3 })).toHaveLength(1);
  expect((await client.call('ListApps', {}, patHeaders(short))).status).toMatchObject({
    code: 11008,
    details: 'The key has expired.',
  });
});

it('keeps the keys of users apart', async () => {
  const { client, emulator } = harness;
  const bob = emulator.user({ id: 'bob' });
  expect((await client.call('ListKeys', {}, patHeaders(bob.pat))).keys.map(({ id }) => id)).toEqual([bob.pat]);
  expect((await client.call('GetKey', { keyId: bob.pat })).status?.code).toBe(11101);
  expect((await client.call('DeleteKey', { keyId: bob.pat })).status?.code).toBe(11101);
  expect((await client.call('ListKeys', { userAppId: { userId: 'bob' } })).status?.code).toBe(11007);
});

it('says what a key may do, and what there is to be allowed', async () => {
  const { client, emulator } = harness;
  const { id } = await post({ type: pat, scopes: reading });
  for (const name of ['MyScopes', 'MyScopesUser', 'MyScopesRoot'] as const)
    expect(await client.call(name, {}, patHeaders(id))).toMatchObject({ scopes: reading, endpoints: [] });
  expect((await client.call('MyScopes', {}, patHeaders(emulator.apiKey))).app?.id).toBe('emulator-app');
  const session = { 'x-clarifai-session-token': emulator.sessionToken };
  const listed = await client.call('ListScopes', { keyType: pat }, session);
  const deps = (scope: string) => listed.scopeDeps.find((one) => one.scope === scope)?.dependingScopes;
  expect(deps('Inputs_Delete')).toEqual(['Inputs_Add', 'Inputs_Get']);
  expect(listed.endpointDeps).toHaveLength(
    (await client.call('ListScopes', { keyType: pat }, session)).endpointDeps.length,
  );
  const forApps = await client.call('ListScopes', {}, session);
  const endpoints = forApps.endpointDeps.map(({ endpoint }) => endpoint);
  expect(endpoints).toContain('/clarifai.api.V2/PostInputs');
  expect(endpoints).not.toContain('/clarifai.api.V2/PostKeys');
});

it('has the keys of a snapshot after it is restored, and the first ones after a reset', async () => {
  const { emulator } = harness;
  const { id: before } = await post({ type: pat, scopes: ['All'] });
  const snapshot = emulator.snapshot();
  const { id: after } = await post({ type: pat, scopes: ['All'] });
  emulator.restore(snapshot);
  expect((await listInputs(before))?.code).toBe(10000);
  expect((await listInputs(after))?.code).toBe(11009);
  emulator.reset();
  expect((await listInputs(before))?.code).toBe(11009);
  expect((await listInputs(emulator.pat))?.code).toBe(10000);
});
