import { Item } from '../../../src/ingestion/item';
import { UnderWay } from '../../../src/ingestion/under-way';
import { prepareInput } from '../../../src/inputs/prepare-inputs';

function item(id: string, index: number, firstIndex: number): Item {
  const input = prepareInput({ id, text: 'x' }, index);
  if (input instanceof Promise || !input.ok) throw new Error('The input is not ready');
  return new Item(input, id, 0, firstIndex);
}

test('an item with an id that is under way finds the one that has it, and nothing when that is done', () => {
  const underWay = new UnderWay();
  const first = item('a', 2 ** 33 + 5, 2 ** 33 + 5);
  underWay.add(first);
  const second = item('a', 2 ** 33 + 9, 2 ** 33 + 5);
  expect(underWay.twinOf(second)).toBe(first);
  underWay.delete(first);
  expect(underWay.twinOf(second)).toBeUndefined();
});

test('two ids that are taken for one are no twins, and neither disturbs the other', () => {
  const underWay = new UnderWay();
  const [first, other] = [item('a', 0, 0), item('b', 1, 0)];
  underWay.add(first);
  expect(underWay.twinOf(other)).toBeUndefined();
  underWay.add(other);
  underWay.delete(other);
  expect(underWay.twinOf(item('a', 2, 0))).toBe(first);
});
