import { Item } from '../../../src/ingestion/item';
import { SeenIds } from '../../../src/ingestion/seen-ids';
import { UnderWay } from '../../../src/ingestion/under-way';
import { prepareInput } from '../../../src/inputs/prepare-inputs';

const seen = new SeenIds();

function item(id: string, index: number): Item {
  const input = prepareInput({ id, text: 'x' }, index);
  if (input instanceof Promise || !input.ok) throw new Error('The input is not ready');
  return new Item(input, id, 0, seen);
}

test('an item with an id that is under way finds the one that has it, and nothing when that is done', () => {
  const underWay = new UnderWay();
  const first = item('a', 5);
  underWay.add(first);
  const second = item('a', 9);
  expect(underWay.twinOf(second)).toBe(first);
  underWay.delete(first);
  expect(underWay.twinOf(second)).toBeUndefined();
});

test('items that share a chain do not disturb each other, in whatever order they are done', () => {
  const underWay = new UnderWay();
  // Three times as many as there are chains, and as there are slots at first.
  const items = Array.from({ length: 12_288 }, (_, index) => item(`id-${index}`, index));
  for (const each of items) underWay.add(each);
  const [even, odd] = [0, 1].map((rest) => items.filter(({ index }) => index % 2 === rest));
  for (const each of odd ?? []) underWay.delete(each);
  expect(even?.every((each) => underWay.twinOf(each) === each)).toBe(true);
  expect(odd?.every((each) => underWay.twinOf(each) === undefined)).toBe(true);
  for (const each of odd ?? []) underWay.add(each);
  expect(items.every((each) => underWay.twinOf(each) === each)).toBe(true);
});

test('an item that was not under way can be done', () => {
  const underWay = new UnderWay();
  const first = item('a', 0);
  underWay.add(first);
  underWay.delete(item('a', 1));
  expect(underWay.twinOf(item('a', 2))).toBe(first);
});

test('two ids with one hash are two items', () => {
  const underWay = new UnderWay();
  const [first, second] = [item('a', 0), item('b', 1)].map((each) => Object.assign(Object.create(each), { hash: 7 }));
  underWay.add(first);
  expect(underWay.twinOf(second)).toBeUndefined();
  underWay.add(second);
  underWay.delete(first);
  expect(underWay.twinOf(second)).toBe(second);
});
