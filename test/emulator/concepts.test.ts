import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
  const concepts = [{ id: 'cat' }, { id: 'dog', name: 'my dog' }, { id: 'animal' }];
  await harness.client.call('PostConcepts', { userAppId: harness.userAppId, concepts });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function search(name: string, more: object = {}) {
  const request = { userAppId: harness.userAppId, conceptQuery: { name, ...more } };
  return harness.client.call('PostConceptsSearches', request);
}

it('finds concepts by name and pattern, those of the app first', async () => {
  const names = async (name: string, more = {}) => (await search(name, more)).concepts.map(({ name: found }) => found);
  expect(await names('*dog*')).toEqual(['my dog', 'dog']);
  expect(await names('*dog*', { ignoreAppConcepts: true })).toEqual(['dog']);
  expect(await names('CAT')).toEqual(['cat', 'cat']);
  expect(await names('no such thing')).toEqual([]);
  expect((await search('')).status?.code).toBe(40003);
  const { concepts } = await search('dog*');
  expect(concepts[0]).toMatchObject({ id: 'ai_8S2Vq3cR', appId: 'main', userId: 'clarifai' });
});

it('finds concepts in the languages they have names in', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostConceptLanguages', {
    userAppId,
    conceptId: 'cat',
    conceptLanguages: [{ id: 'zh', name: '我的猫' }],
  });
  expect(posted.conceptLanguages).toMatchObject([{ id: 'zh', name: '我的猫' }]);
  expect((await search('*猫', { language: 'zh' })).concepts).toMatchObject([
    { id: 'cat', name: '我的猫', language: 'zh' },
    { name: '猫', appId: 'main' },
  ]);
  expect((await search('狗*', { language: 'zh' })).concepts).toMatchObject([{ id: 'ai_8S2Vq3cR', name: '狗' }]);
  expect((await search('狗*')).concepts).toEqual([]);
});

it('keeps the names of a concept in other languages', async () => {
  const { client, userAppId } = harness;
  const scope = { userAppId, conceptId: 'cat' };
  await client.call('PostConceptLanguages', { ...scope, conceptLanguages: [{ id: 'de', name: 'Katze' }] });
  const again = await client.call('PostConceptLanguages', {
    ...scope,
    conceptLanguages: [{ id: 'de', name: 'Kater' }],
  });
  expect(again.status?.code).toBe(40003);
  await client.call('PatchConceptLanguages', {
    ...scope,
    action: 'overwrite',
    conceptLanguages: [{ id: 'de', name: 'Kater' }],
  });
  expect((await client.call('GetConceptLanguage', { ...scope, language: 'de' })).conceptLanguage?.name).toBe('Kater');
  expect((await client.call('GetConceptLanguage', { ...scope, language: 'fr' })).status?.code).toBe(11101);
  expect((await client.call('ListConceptLanguages', scope)).conceptLanguages).toHaveLength(1);
  const unknown = await client.call('ListConceptLanguages', { userAppId, conceptId: 'nothing' });
  expect(unknown.status?.code).toBe(11101);
});

it('relates concepts, seen from either end', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostConceptRelations', {
    userAppId,
    conceptId: 'cat',
    conceptRelations: [{ objectConcept: { id: 'animal' }, predicate: 'hyponym' }],
  });
  const [relation] = posted.conceptRelations;
  expect(relation).toMatchObject({
    subjectConcept: { id: 'cat' },
    objectConcept: { id: 'animal' },
    predicate: 'hyponym',
  });
  const seen = async (conceptId: string, predicate = '') => {
    const answer = await client.call('ListConceptRelations', { userAppId, conceptId, predicate });
    return answer.conceptRelations.map((one) => [one.predicate, one.objectConcept?.id]);
  };
  expect(await seen('cat')).toEqual([['hyponym', 'animal']]);
  expect(await seen('animal')).toEqual([['hypernym', 'cat']]);
  expect(await seen('animal', 'hyponym')).toEqual([]);
  const code = async (objectId: string, predicate: string) => {
    const conceptRelations = [{ objectConcept: { id: objectId }, predicate }];
    return (await client.call('PostConceptRelations', { userAppId, conceptId: 'cat', conceptRelations })).status?.code;
  };
  expect(await code('nothing', 'synonym')).toBe(11101);
  expect(await code('animal', 'friend')).toBe(40003);
  await client.call('DeleteConceptRelations', { userAppId, conceptId: 'cat', ids: [relation?.id ?? ''] });
  expect(await seen('cat')).toEqual([]);
});

it('counts the inputs that say yes and no to each concept, by the state they are in', async () => {
  const { client, userAppId, emulator } = harness;
  const image = (id: string, value: number) => ({
    id,
    data: { image: { url: `https://samples.clarifai.com/${id}.jpg` }, concepts: [{ id: 'cat', value }] },
  });
  await client.call('PostInputs', { userAppId, inputs: [image('a', 1), image('b', 0)] });
  emulator.advance(200);
  await client.call('PostInputs', { userAppId, inputs: [image('c', 1)] });
  await client.call('PostAnnotations', {
    userAppId,
    annotations: [{ inputId: 'a', data: { concepts: [{ id: 'cat', value: 1 }] } }],
  });
  const { conceptCounts } = await client.call('GetConceptCounts', { userAppId });
  expect(conceptCounts).toMatchObject([
    {
      id: 'cat',
      conceptTypeCount: { positive: 2, negative: 1 },
      detailConceptCount: { processed: { positive: 1, negative: 1 }, toProcess: { positive: 1, negative: 0 } },
    },
    { id: 'dog', conceptTypeCount: { positive: 0, negative: 0 } },
    { id: 'animal' },
  ]);
});

it('lists Clarifai’s own concepts, and lets nobody change them', async () => {
  const { client, userAppId } = harness;
  const main = { userId: 'clarifai', appId: 'main' };
  const { concept } = await client.call('GetConcept', { userAppId: main, conceptId: 'ai_8S2Vq3cR' });
  expect(concept?.name).toBe('dog');
  const concepts = [{ id: 'ai_8S2Vq3cR', name: 'mine' }];
  const patch = { userAppId, action: 'overwrite', concepts };
  expect((await client.call('PatchConcepts', patch)).status?.code).toBe(11101);
  expect((await client.call('PatchConcepts', { ...patch, userAppId: main })).status?.code).toBe(11007);
});
