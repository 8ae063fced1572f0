import { Input as inputCodec } from '../../../generated/codec/core';
import type { InputLike } from '../../../src/inputs/input-like';
import { toInput } from '../../../src/inputs/to-input';
import { toUrlInput, UrlInput } from '../../../src/inputs/url-input';

const urls = [
  'https://a.test/1.jpg',
  'https://a.test/film.MP4?x=.wav#y.txt',
  'http://a.test/sound.mp3',
  'https://a.test/words.txt',
  'https://a.test/no-extension',
  `https://a.test/${'long'.repeat(60)}.png`,
  'https://a.test/ünïcode.jpg',
  's3://bucket/key.gif',
  'HTTPS://A.TEST/1.JPG',
];
const inputs: readonly InputLike[] = urls.flatMap((url) => [url, { url }, { id: 'a', url }, { url, id: 'ä-1' }]);

test.each(inputs)('%j is written as the message that it is built as', (input) => {
  const direct = toUrlInput(input);
  const built = toInput(input, 'input');
  if (direct === undefined || built instanceof Promise) throw new Error('It was expected to be written directly');
  const [written, encoded] = [inputCodec.writeOnce(direct, UrlInput.write), inputCodec.encodeOnce(built.message)];
  expect(inputCodec.encode(written)).toEqual(inputCodec.encode(encoded));
  expect([direct.id, direct.isVideo]).toEqual([built.message.id, built.isVideo]);
});

class OfAClass {
  readonly url = 'https://a.test/1.jpg';
}

test.each<[string, unknown]>([
  ['one that is no URL', 'a.jpg'],
  ['a URL without a host', 'https:///1.jpg'],
  ['one with an id that the service would refuse', { id: 'a/b', url: 'https://a.test/1.jpg' }],
  ['one with anything else', { url: 'https://a.test/1.jpg', concepts: [] }],
  ['one without a URL', { id: 'a' }],
  ['one of a class', new OfAClass()],
  ['a URL object', { url: new URL('https://a.test/1.jpg') }],
  ['nothing', null],
])('%s is left to be built', (_what, input) => {
  expect(toUrlInput(input as InputLike)).toBeUndefined();
});
