import { DigestSet } from '../../../../src/ingestion/journal/digest-set';
import { Digests } from '../../../../src/ingestion/journal/digests';

function setOf(entries: readonly Parameters<Digests['add']>[]): DigestSet {
  const digests = new Digests();
  for (const entry of entries) digests.add(...entry);
  const set = new DigestSet(entries.length);
  set.add(digests.words);
  return set;
}

test('what became of an item is known by its id, and of no other', () => {
  const kinds = ['rejected', 'dead-lettered', 'already-existed', 'accepted', 'confirmed'] as const;
  const kindOf = (index: number): (typeof kinds)[number] => kinds[index % kinds.length] ?? 'rejected';
  const set = setOf(Array.from({ length: 20_000 }, (_, index) => [`id-${index}`, kindOf(index)]));
  for (let index = 0; index < 20_000; index++) {
    expect(set.take(`other-${index}`)).toBeUndefined();
    expect(set.take(`id-${index}`)).toBe(kindOf(index));
  }
});

test('it is told once: an item that comes again repeats it, or is another one when the first made no input', () => {
  const set = setOf([
    ['a', 'accepted'],
    ['b', 'rejected'],
  ]);
  const taken = ['a', 'a', 'a', 'b', 'b', 'c'].map((id) => set.take(id));
  expect(taken).toEqual(['accepted', 'repeated', 'repeated', 'rejected', undefined, undefined]);
});

test('of several items with one id, the one that made an input counts', () => {
  const set = setOf([
    ['a', 'rejected'],
    ['a', 'accepted'],
    ['a', 'already-existed'],
  ]);
  expect(set.take('a')).toBe('accepted');
});

test('an item costs at most 16 bytes', () => {
  for (const count of [100, 1000, 1_000_000]) expect(new DigestSet(count).byteLength / count).toBeLessThanOrEqual(16);
});
