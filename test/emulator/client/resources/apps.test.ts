import { AlreadyExistsError, InvalidRequestError, NotFoundError } from '../../../../src/base/errors';
import { Clarifai } from '../../../../src/client';
import { startEmulator } from '../../../../src/emulator';
import { startBench } from './harness';

test('an app is made with the workflow it is given, read, changed and deleted', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  const made = await clarifai.user().apps.create('trains', { baseWorkflow: 'Universal', description: 'all of them' });
  expect(made).toMatchObject({ id: 'trains', userId: emulator.userId, description: 'all of them' });
  expect(made.createdAt).toBeInstanceOf(Date);
  const [{ request } = {}] = emulator.requests({ method: 'PostApps' });
  expect(request?.apps[0]?.defaultWorkflow).toMatchObject({ id: 'Universal', userId: 'clarifai', appId: 'main' });

  const app = clarifai.user().app('trains');
  expect((await app.patch({ description: 'some of them' })).description).toBe('some of them');
  expect(await app.get()).toMatchObject({ id: 'trains', description: 'some of them' });
  await app.delete();
  await expect(app.get()).rejects.toThrow(NotFoundError);
});

test('an app that is there already is a typed error', async () => {
  await using bench = await startBench();
  await bench.clarifai.user().apps.create('trains');
  await expect(bench.clarifai.user().apps.create('trains')).rejects.toThrow(AlreadyExistsError);
});

test('an app is named by id, by its ids, or by URL; the URL of something else is refused without a request', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  expect(clarifai.app('a')).toMatchObject({ userId: emulator.userId, appId: 'a' });
  expect(clarifai.app({ userId: 'u', appId: 'a' })).toMatchObject({ userId: 'u', appId: 'a' });
  expect(clarifai.app('https://clarifai.com/openai/chat')).toMatchObject({ userId: 'openai', appId: 'chat' });
  expect(clarifai.user('https://clarifai.com/openai').app('chat')).toMatchObject({ userId: 'openai', appId: 'chat' });
  expect(() => clarifai.app('https://clarifai.com/openai/chat/models/m')).toThrow('not the URL of a model');
  await expect(clarifai.user().apps.create('a/b')).rejects.toThrow(
    'Expected `appId` to be an id, which holds no slash',
  );
  expect(() => clarifai.app('')).toThrow(InvalidRequestError);
  expect(emulator.requests()).toHaveLength(0);
});

test('a user is read by id, and by credential when none is known', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  expect((await clarifai.user().get()).id).toBe(emulator.userId);
});

test('listing apps goes on over all pages, each asked for once', async () => {
  await using bench = await startBench();
  const { clarifai, emulator } = bench;
  for (let index = 0; index < 5; index++) await clarifai.user().apps.create(`app-${index}`);
  const ids = new Set<string>();
  for await (const app of clarifai.user().apps.list({}, { pageSize: 2 })) ids.add(app.id);
  expect(ids).toEqual(new Set([emulator.appId, 'app-0', 'app-1', 'app-2', 'app-3', 'app-4']));
  const pages = emulator.requests({ method: 'ListApps' }).map(({ request }) => request?.page);
  // All three pages are full, so that the one behind the end was asked for, too.
  expect(pages.sort()).toEqual([1, 2, 3, 4, 5]);
});

test('datasets are made, listed and deleted by name, and nothing is deleted for an empty list', async () => {
  await using bench = await startBench();
  const { datasets } = bench.clarifai.app();
  await datasets.create('a', { description: 'first', metadata: { source: 'x' } });
  await datasets.create('b');
  await expect(datasets.create('a')).rejects.toThrow(AlreadyExistsError);
  await expect(datasets.delete([])).rejects.toThrow('Expected `datasetIds` to be at least one id');
  await datasets.delete(['a']);
  expect((await datasets.list().toArray()).map(({ id }) => id)).toEqual(['b']);
});

test('handles that handles make go to the same service, with the credential, certificates and defaults of their client', async () => {
  const emulator = await startEmulator({ tls: true });
  const metadata = { 'x-team': 'trains' };
  await using clarifai = new Clarifai({ ...emulator.clientOptions, defaults: { metadata } });
  const app = clarifai.user(emulator.userId).app(emulator.appId);
  await app.datasets.create('d');
  await app.concepts.create(['c']);
  await app.dataset('d').versions.list().toArray();
  await app.concepts.relations('c').list().toArray();
  await expect(app.model('none').evaluations.list().toArray()).rejects.toThrow(NotFoundError);
  expect(emulator.requests().length).toBeGreaterThanOrEqual(5);
  for (const request of emulator.requests()) expect(request.metadata).toMatchObject(metadata);
  await emulator.close();
});
