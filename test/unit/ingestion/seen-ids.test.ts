import { SeenIds } from '../../../src/ingestion/seen-ids';

test('an id that comes again is known by the place of its first time', () => {
  const seen = new SeenIds();
  const count = 20_000;
  for (let index = 0; index < count; index++) seen.note(`id-${index}`, index);
  expect([...Array(count).keys()].filter((index) => seen.firstBefore(index) !== undefined)).toEqual([]);
  const again = [0, 1, 77, count - 1];
  again.forEach((index, place) => seen.note(`id-${index}`, count + place));
  expect(again.map((_, place) => seen.firstBefore(count + place))).toEqual(again);
  seen.note('id-1', count + 9);
  expect(seen.firstBefore(count + 9)).toBe(1);
  expect(seen.firstBefore(1)).toBeUndefined();
});

test('places that nothing was noted at are nobody’s first', () => {
  const seen = new SeenIds();
  seen.note('a', 100_000);
  seen.note('b', 100_001);
  seen.note('a', 300_000);
  expect([100_000, 100_001, 300_000].map((index) => seen.firstBefore(index))).toEqual([undefined, undefined, 100_000]);
});

test('an item costs at most 8 bytes until it is asked for, and then at most 14', () => {
  const seen = new SeenIds();
  const count = 40_960;
  for (let index = 0; index < count; index++) seen.note(`id-${index}`, index);
  expect(seen.byteLength).toBe(8 * count);
  let most = 0;
  for (let index = count; index < 2 * count; index++) {
    seen.note(`id-${index}`, index);
    seen.firstBefore(index);
    if (index % 4096 === 4095) most = Math.max(most, seen.byteLength / (index + 1));
  }
  expect(most).toBeLessThanOrEqual(14);
});
