import { assertInputId, idOfKey } from '../../../src/inputs/input-id';
import { toInput } from '../../../src/inputs/to-input';

describe('ids that the service would refuse', () => {
  test.each([
    ['a slash', 'a/b'],
    ['a backslash', 'a\\b'],
    ['a question mark', 'a?b'],
    ['a hash', 'a#b'],
    ['a percent sign', 'a%20b'],
    ['a space', 'a b'],
    ['a space at its end', 'a '],
    ['a control character', 'a\u0001b'],
    ['a DEL', 'a\u007fb'],
    ['half a character', 'a\ud800b'],
    ['49 characters', 'a'.repeat(49)],
    ['nothing but dots', '..'],
  ])('%s is refused, with place, id and reason', async (_, id) => {
    const failure = (async () => toInput({ id, url: 'https://a.b/c.jpg' }, 'inputs[3]'))();
    await expect(failure).rejects.toThrow(/`inputs\[3\]\.id` to be an id of at most 48 characters, none of them/);
    await expect(failure).rejects.toThrow(JSON.stringify(id));
  });

  test.each([
    ['an empty id', ''],
    ['no string', 5],
  ])('%s is refused', (_, id) => {
    expect(() => assertInputId(id, 'inputs[3].id')).toThrow(/`inputs\[3\]\.id` to be a non-empty string/);
  });

  test.each(['a', 'A-b_c.d', 'a'.repeat(48), 'grüße', '猫', '😀', 'a+b=c@d:e,f;g'])('%s is an id', (id) => {
    expect(() => assertInputId(id, 'id')).not.toThrow();
  });
});

describe('ids made from the keys of a source', () => {
  test.each(['cat', 'row-17', 'A_b'])('the key %s, which can be an id, is the id', (key) => {
    expect(idOfKey(key)).toBe(key);
  });

  test('another key gives its beginning and a hash of all of it', () => {
    expect(idOfKey('cats/tom & co/1.jpg')).toMatch(/^cats_tom_co_1_j-[0-9a-f]{32}$/);
    expect(idOfKey('猫.jpg')).toMatch(/^jpg-[0-9a-f]{32}$/);
    expect(idOfKey('猫')).toMatch(/^input-[0-9a-f]{32}$/);
  });

  test('the same key always makes the same id', () => {
    expect(idOfKey('a/b.jpg')).toBe('a_b_jpg-4a51636246e7c418bb925ee98492950a');
  });

  test('different keys never make the same id, and every id is one that the service takes', () => {
    const keys = ['', '.', 'a.1.jpg', 'a.2.jpg', 'a/b', 'a_b', 'a b', 'A/b', 'a\\b', '猫', '犬', 'a\ud800', 'a\udbff'];
    for (let length = 1; length < 200; length++) keys.push('x'.repeat(length), '/'.repeat(length), 'é'.repeat(length));
    // A key with the form of an id that was made could be mistaken for that one.
    keys.push(...keys.map(idOfKey).filter((id) => !keys.includes(id)));
    const ids = keys.map(idOfKey);
    for (const id of ids) expect(() => assertInputId(id, 'id')).not.toThrow();
    expect(new Set(ids).size).toBe(new Set(keys).size);
  });
});
