import { compare, dumps, format, range, repr, slice, str, toPythonMessage, zip } from '../../../src/python';
import { resources_pb2 } from '../../../src/python';

test.each([
  [undefined, 'None'],
  [null, 'None'],
  [true, 'True'],
  [5n, '5'],
  [2.5, '2.5'],
  ['a', "'a'"],
  ["it's", `"it's"`],
  ['"\'\n\\', `'"\\'\\n\\\\'`],
  ['\u00a0\u200b\u0000é😀', "'\\xa0\\u200b\\x00é😀'"],
  [Uint8Array.of(0, 65, 255), "b'\\x00A\\xff'"],
  [[1, 'a', [true]], "[1, 'a', [True]]"],
  [{ a: 1, b: null }, "{'a': 1, 'b': None}"],
  [new Set(['a']), "{'a'}"],
  [new Set(), 'set()'],
  [new Error('why'), 'why'],
])('repr(%p) is as in Python', (value, text) => {
  expect(repr(value)).toBe(text);
});

test('str writes a text as it is, and a message in text format', () => {
  expect(str('a')).toBe('a');
  expect(str(resources_pb2.Concept({ id: 'a', value: 1 }))).toBe('id: "a"\nvalue: 1.0\n');
});

test('numbers that are floats in Python have a point', () => {
  expect(str(1, 'float')).toBe('1.0');
  expect(str([0, 1e-5], 'float')).toBe('[0.0, 1e-05]');
});

test.each([
  [3.14159, '.2f', '3.14'],
  [1234567.891, ',.2f', '1,234,567.89'],
  [1234567, ',', '1,234,567'],
  [1234567, '_', '1_234_567'],
  [5, '+d', '+5'],
  [-5, '05d', '-0005'],
  [255, '#x', '0xff'],
  [255, 'X', 'FF'],
  [5, '08b', '00000101'],
  [8, 'o', '10'],
  [65, 'c', 'A'],
  [12345.678, '.3e', '1.235e+04'],
  [0.0001234, 'g', '0.0001234'],
  [1234567.0, 'g', '1.23457e+06'],
  [0.5, '.1%', '50.0%'],
  [2.5, '.3', '2.5'],
  ['abc', '^7', '  abc  '],
  ['abc', '*<5.2', 'ab***'],
  [-1.5, '=+8.1f', '-    1.5'],
  [true, '>6', '  True'],
  [Infinity, 'f', 'inf'],
])('format(%p, %p) is as in Python', (value, spec, text) => {
  expect(format(value, spec)).toBe(text);
});

test('format knows a float by what is said of it, and refuses a spec that Python does not know', () => {
  expect(format(1, '', 'float')).toBe('1.0');
  expect(() => format(1, '%Y')).toThrow("Expected `spec` to be a format of Python's, got `%Y`");
});

test('zip ends with the shortest list', () => {
  expect([...zip(['a', 'b', 'c'], [1, 2])]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect([...zip()]).toEqual([]);
});

test('slice and range count in steps, from either end', () => {
  expect(range(0, 7, 3)).toEqual([0, 3, 6]);
  expect(range(3, 0, -1)).toEqual([3, 2, 1]);
  expect(slice([1, 2, 3, 4, 5], undefined, undefined, 2)).toEqual([1, 3, 5]);
  expect(slice([1, 2, 3, 4, 5], undefined, undefined, -1)).toEqual([5, 4, 3, 2, 1]);
  expect(slice([1, 2, 3, 4, 5], -2, 0, -2)).toEqual([4, 2]);
  expect(slice('abcd', 1, undefined, 2)).toBe('bd');
});

test('texts are ordered by code point, lists by their first difference', () => {
  expect(['b', 'a', 'B', '😀', '\uff5e'].sort(compare)).toEqual(['B', 'a', 'b', '\uff5e', '😀']);
  expect(compare([1, 'b'], [1, 'a'])).toBeGreaterThan(0);
  expect(compare([1], [1, 2])).toBeLessThan(0);
});

test("dumps writes as Python's json does, and knows the floats of MessageToDict", () => {
  expect(dumps({ a: [1, 2.5, null], b: 'é' })).toBe('{"a": [1, 2.5, null], "b": "\\u00e9"}');
  expect(dumps({ b: 1, a: {} }, { indent: 2, sort_keys: true })).toBe('{\n  "a": {},\n  "b": 1\n}');
  const concept = resources_pb2.Concept({ id: 'a', value: 1 });
  expect(dumps(toPythonMessage('Concept', { id: 'a', value: 1 }).toJSON())).toBe('{"id": "a", "value": 1}');
  expect(String(toPythonMessage('Concept', { id: 'a', value: 1 }))).toBe(String(concept));
});

test('a message type that does not exist is refused with the nearest', () => {
  expect(() => toPythonMessage('Imput', {})).toThrow('There is no message type `Imput`: did you mean `Input`?');
});
