import type { Collaborator } from '../../generated/proto/clarifai/api/resources';
import type { EmulatorUser } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

let harness: Harness;
let bob: EmulatorUser;

beforeEach(async () => {
  harness = await startHarness();
  bob = harness.emulator.user({ id: 'bob', primaryEmail: 'bob@example.com' });
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const reading = ['Apps_Get', 'Inputs_Get', 'Annotations_Get', 'Concepts_Get'];

async function invite(collaborator: DeepPartial<Collaborator>) {
  const { userAppId, client } = harness;
  return client.call('PostCollaborators', { userAppId, collaborators: [collaborator] });
}

async function asBob(name: 'ListInputs' | 'GetApp' | 'ListCollaborators') {
  return (await harness.client.call(name, { userAppId: harness.userAppId }, patHeaders(bob.pat))).status?.code;
}

it('hides an app from those who are not invited', async () => {
  expect(await asBob('GetApp')).toBe(11101);
  expect(await asBob('ListInputs')).toBe(11101);
});

it('lets a collaborator do what their scopes say, in an app that is not theirs', async () => {
  const { client, userAppId } = harness;
  const { collaborators } = await invite({ user: { id: 'bob' }, scopes: reading });
  expect(collaborators[0]).toMatchObject({ user: { id: 'bob' }, scopes: reading, app: { id: 'emulator-app' } });
  expect(await asBob('ListInputs')).toBe(10000);
  const inputs = [{ data: { text: { raw: 'x' } } }];
  const refused = await client.call('PostInputs', { userAppId, inputs }, patHeaders(bob.pat));
  expect(refused.status).toMatchObject({ code: 11007, details: expect.stringContaining('PostInputs') as string });
  const patch = { id: collaborators[0]?.id, scopes: ['All'] };
  await client.call('PatchCollaborators', { userAppId, collaborators: [patch], action: 'overwrite' });
  const taken = await client.call('PostInputs', { userAppId, inputs }, patHeaders(bob.pat));
  expect(taken.status?.code).toBe(10000);
});

it('lists collaborators with the owner, and those who were removed when asked', async () => {
  const { client, userAppId } = harness;
  const { collaborators } = await invite({ user: { primaryEmail: 'bob@example.com' }, scopes: reading });
  const id = collaborators[0]?.id ?? '';
  const listed = await client.call('ListCollaborators', { userAppId });
  expect(listed).toMatchObject({ appOwner: { id: 'emulator-user' }, collaborators: [{ id, user: { id: 'bob' } }] });
  await client.call('DeleteCollaborators', { userAppId, collaboratorIds: [id] });
  expect((await client.call('ListCollaborators', { userAppId })).collaborators).toEqual([]);
  const all = await client.call('ListCollaborators', { userAppId, listAllCollaborators: true });
  expect(all.collaborators[0]?.deletedAt).toBeDefined();
  expect(await asBob('GetApp')).toBe(11101);
  // Who was removed can be invited again, and removed by their address.
  expect((await invite({ user: { id: 'bob' }, scopes: reading })).status?.code).toBe(10000);
  await client.call('DeleteCollaborators', { userAppId, userEmails: ['bob@example.com'] });
  expect(await asBob('ListInputs')).toBe(11101);
});

it('tells users of the apps that they are invited to', async () => {
  const { client } = harness;
  const mine = async () => (await client.call('ListCollaborations', {}, patHeaders(bob.pat))).collaborations;
  expect(await mine()).toEqual([]);
  await invite({ user: { id: 'bob' }, scopes: reading });
  expect(await mine()).toMatchObject([
    { app: { id: 'emulator-app' }, appOwner: { id: 'emulator-user' }, scopes: reading },
  ]);
  expect((await client.call('ListCollaborations', { userAppId: { userId: 'bob' } })).status?.code).toBe(11007);
});

it.each<[string, DeepPartial<Collaborator>, number]>([
  ['a user who is not there', { user: { id: 'nobody' }, scopes: ['All'] }, 11101],
  ['an address that nobody has', { user: { primaryEmail: 'x@example.com' }, scopes: ['All'] }, 11101],
  ['the owner', { user: { id: 'emulator-user' }, scopes: ['All'] }, 11100],
  ['somebody to do nothing', { user: { id: 'bob' } }, 11100],
  ['somebody to do what there is not', { user: { id: 'bob' }, scopes: ['Inputs_Eat'] }, 11100],
])('does not invite %s', async (_who, collaborator, code) => {
  expect((await invite(collaborator)).status?.code).toBe(code);
});

it('knows users of the test’s own after a reset, and not what they were invited to', async () => {
  const { client, emulator } = harness;
  await invite({ user: { id: 'bob' }, scopes: reading });
  emulator.reset();
  expect((await client.call('GetUser', {}, patHeaders(bob.pat))).user).toMatchObject({ id: 'bob' });
  expect(await asBob('GetApp')).toBe(11101);
});

it.each([
  [{ id: '' }, 'user.id'],
  [{ id: 'bob', pat: '' }, 'user.pat'],
  [{ id: 'bob', email: 'x' } as never, 'Unknown name `email`'],
])('takes no user like %j', (definition, named) => {
  expect(() => harness.emulator.user(definition)).toThrow(named);
});

it('invites nobody twice', async () => {
  await invite({ user: { id: 'bob' }, scopes: reading });
  expect((await invite({ user: { id: 'bob' }, scopes: ['All'] })).status?.code).toBe(40010);
});
