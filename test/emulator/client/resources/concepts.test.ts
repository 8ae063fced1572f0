import { InvalidRequestError, NotFoundError } from '../../../../src/base/errors';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { startBench } from './harness';

test('concepts are made with their id for a name unless they have one, and read again', async () => {
  await using bench = await startBench();
  const { concepts } = bench.clarifai;
  const made = throwIfFailed(await concepts.create(['cat', { id: 'dog', name: 'Dog' }, '的な']));
  expect(made.map(({ id, name }) => [id, name])).toEqual([
    ['cat', 'cat'],
    ['dog', 'Dog'],
    ['的な', '的な'],
  ]);
  expect((await concepts.get('的な')).name).toBe('的な');
  expect((await concepts.list().toArray()).map(({ id }) => id).sort()).toEqual(['cat', 'dog', '的な']);
  await expect(concepts.get('fox')).rejects.toThrow(NotFoundError);
});

test('any number of concepts is made in requests of at most 128, with one outcome each', async () => {
  await using bench = await startBench();
  const ids = Array.from({ length: 300 }, (_, index) => `concept-${index}`);
  const outcomes = await bench.clarifai.concepts.create(ids);
  expect(outcomes.map(({ id }) => id)).toEqual(ids);
  const sizes = bench.emulator.requests({ method: 'PostConcepts' }).map(({ request }) => request?.concepts.length);
  expect(sizes.sort()).toEqual([128, 128, 44].sort());
});

test('a concept is renamed; what the service does not do is refused without a request', async () => {
  await using bench = await startBench();
  const { concepts } = bench.clarifai;
  await concepts.create(['cat']);
  throwIfFailed(await concepts.patch([{ id: 'cat', name: 'Cat' }]));
  expect((await concepts.get('cat')).name).toBe('Cat');
  await expect(concepts.patch([{ id: 'cat' }], { action: 'merge' })).rejects.toThrow(
    "Expected `action` to be one of 'overwrite'",
  );
  await expect(concepts.create(['a/b'])).rejects.toThrow('Expected `concepts[0]` to be an id');
});

test('concepts are found by name with a wildcard', async () => {
  await using bench = await startBench();
  const { concepts } = bench.clarifai;
  await concepts.create(['dogfish', 'dog-rose', 'hotdog']);
  const found = await concepts.search('dog*', { ignoreAppConcepts: false }).toArray();
  expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['dogfish', 'dog-rose']));
  expect(found.map(({ id }) => id)).not.toContain('hotdog');
});

test('concepts are connected, their relations listed by predicate and deleted', async () => {
  await using bench = await startBench();
  const { concepts } = bench.clarifai;
  await concepts.create(['honey', 'food', 'bee']);
  const relations = concepts.relations('honey');
  const [made] = throwIfFailed(
    await relations.create([
      { objectConceptId: 'food', predicate: 'hypernym' },
      { objectConceptId: 'bee', predicate: 'synonym' },
    ]),
  );
  const found = await relations.list({ predicate: 'hypernym' }).toArray();
  expect(found.map(({ objectConcept }) => objectConcept?.id)).toEqual(['food']);
  await relations.delete([made?.id ?? '']);
  expect(await relations.list({ predicate: 'hypernym' }).toArray()).toEqual([]);
  await expect(relations.delete([''])).rejects.toThrow(InvalidRequestError);
});

test('a concept has names in several languages', async () => {
  await using bench = await startBench();
  const { concepts } = bench.clarifai;
  await concepts.create(['dog']);
  const languages = concepts.languages('dog');
  throwIfFailed(await languages.create([{ id: 'ja', name: '犬' }]));
  throwIfFailed(await languages.patch([{ id: 'ja', name: 'いぬ' }]));
  const named = await languages.list().toArray();
  expect(named.find(({ id }) => id === 'ja')?.name).toBe('いぬ');
});
