import { SeenIds } from '../../../src/ingestion/seen-ids';

test('an id that comes again is known by the place of its first time', () => {
  const seen = new SeenIds();
  const count = 20_000;
  let known = 0;
  for (let index = 0; index < count; index++) if (seen.add(`id-${index}`, index) !== undefined) known += 1;
  expect(known).toBe(0);
  expect([0, 1, 77, count - 1].map((index) => seen.add(`id-${index}`, count))).toEqual([0, 1, 77, count - 1]);
});

test('an item costs at most 16 bytes', () => {
  const seen = new SeenIds();
  let most = 0;
  for (let index = 0; index < 20_000; index++) {
    seen.add(`id-${index}`, index);
    if (index > 2000) most = Math.max(most, seen.byteLength / (index + 1));
  }
  expect(most).toBeLessThanOrEqual(16);
});
