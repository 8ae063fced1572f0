import { ResumableIds } from '../../../src/ingestion/made-ids';

const make = (ids: ResumableIds, content: string, cursor?: string): string =>
  ids.make(() => Buffer.from(content), cursor);

test('inputs of equal content get different ids, and the same again when they are read again, in any order', () => {
  const [first, second] = [new ResumableIds('seed'), new ResumableIds('seed')];
  const ids = ['a', 'b', 'a', 'a'].map((content) => make(first, content));
  expect(new Set(ids).size).toBe(4);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(['a', 'a', 'b', 'a'].map((content) => make(second, content)).sort()).toEqual(ids.sort());
});

test('an item with a cursor has the id of its place, also when what came before it is not read again', () => {
  const [first, second] = [new ResumableIds('seed'), new ResumableIds('seed')];
  const ids = ['1', '2', '3'].map((cursor) => make(first, 'a', cursor));
  expect(new Set(ids).size).toBe(3);
  expect(make(second, 'a', '3')).toBe(ids[2]);
});

test('another seed makes other ids', () => {
  expect(make(new ResumableIds('one'), 'a')).not.toBe(make(new ResumableIds('two'), 'a'));
});
