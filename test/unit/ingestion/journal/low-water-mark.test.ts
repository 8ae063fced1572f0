import { LowWaterMark } from '../../../../src/ingestion/journal/low-water-mark';

test('a source goes on after the last item before which nothing is left', () => {
  const mark = new LowWaterMark();
  for (let order = 0; order < 5; order++) mark.read(order, `cursor-${order}`);
  expect(mark.reported(1)).toBeUndefined();
  expect(mark.reported(0)).toEqual({ order: 1, cursor: 'cursor-1' });
  expect(mark.reported(4)).toBeUndefined();
  expect(mark.reported(3)).toBeUndefined();
  expect(mark.reported(2)).toEqual({ order: 4, cursor: 'cursor-4' });
});

test('items without a cursor move nothing', () => {
  const mark = new LowWaterMark();
  mark.read(0, undefined);
  mark.read(1, 'one');
  mark.read(2, undefined);
  expect(mark.reported(0)).toBeUndefined();
  expect(mark.reported(1)).toEqual({ order: 1, cursor: 'one' });
  expect(mark.reported(2)).toBeUndefined();
});
