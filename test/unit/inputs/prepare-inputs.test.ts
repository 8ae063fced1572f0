import type { InputLike } from '../../../src/inputs/input-like';
import { InvalidRequestError } from '../../../src/base/errors';
import { type PreparedInput, prepareInputs } from '../../../src/inputs/prepare-inputs';

test('an input that is wrong does not stop the ones after it', async () => {
  const seen = [];
  const inputs: InputLike[] = ['https://a.b/1.jpg', { id: 'two', url: 'nonsense' }, { id: 'three', text: 'x' }];
  for await (const { index, id, ok } of prepareInputs(inputs)) seen.push([index, id, ok]);
  expect(seen).toEqual([
    [0, undefined, true],
    [1, 'two', false],
    [2, 'three', true],
  ]);
});

test.each<[string, InputLike, string]>([
  ['its place and reason', 'nonsense', 'inputs[0]'],
  ['its id, too, when it has one', { id: 'two', url: 'nonsense' }, '(the input `two`)'],
  ['an id that is the reason once', { id: 'a b', text: 'x' }, 'Expected `inputs[0].id` to be'],
])('the error of an input that is wrong names %s', async (_, input, named) => {
  const first = await prepareInputs([input]).next();
  const { error } = first.value as Exclude<PreparedInput, { ok: true }>;
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error.message).toContain(named);
  expect(error.message.split('a b').length).toBeLessThan(3);
});

test('inputs are read one at a time, as they are asked for', async () => {
  let read = 0;
  function* endless(): Generator<InputLike> {
    for (;;) yield `https://a.b/${read++}.jpg`;
  }
  const prepared = prepareInputs(endless());
  await prepared.next();
  await prepared.next();
  expect(read).toBe(2);
  await prepared.return();
});

test('an error that a caller’s own object throws is the outcome of that input', async () => {
  const trap = {
    get url(): string {
      throw new Error('trapped');
    },
  };
  const first = await prepareInputs([trap]).next();
  expect(first.value).toMatchObject({ ok: false, index: 0 });
});

test('inputs that nothing has to wait for leave timers their turn', async () => {
  let fired = false;
  setTimeout(() => (fired = true), 1);
  function* endless(): Generator<InputLike> {
    for (;;) yield 'no url';
  }
  for await (const { ok } of prepareInputs(endless())) {
    expect(ok).toBe(false);
    if (fired) break;
  }
  expect(fired).toBe(true);
});
