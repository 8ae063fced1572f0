import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Input as inputCodec } from '../../../generated/codec/core';
import { InvalidRequestError } from '../../../src/base/errors';
import type { InputLike } from '../../../src/inputs/input-like';
import { prepareInput } from '../../../src/inputs/prepare-inputs';
import { toInput } from '../../../src/inputs/to-input';

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const mp4 = Buffer.from('\0\0\0\x18ftypmp42 and so on', 'latin1');
const wav = Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1');
const folder = mkdtempSync(join(tmpdir(), 'to-input-'));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const dataOf = async (input: InputLike): Promise<unknown> => (await toInput(input, 'inputs[0]')).message.data;

async function refusal(input: unknown): Promise<InvalidRequestError> {
  const prepared = await prepareInput(input as InputLike, 3);
  const error: unknown = prepared.ok ? undefined : prepared.error;
  expect(error).toBeInstanceOf(InvalidRequestError);
  return error as InvalidRequestError;
}

describe('media', () => {
  test.each<[string, InputLike, unknown]>([
    ['a URL is an image', 'https://example.com/a', { image: { url: 'https://example.com/a' } }],
    [
      'a URL of a video is a video',
      'https://example.com/a.MP4?x=1',
      { video: { url: 'https://example.com/a.MP4?x=1' } },
    ],
    ['a URL of a sound is audio', 'https://example.com/a.wav', { audio: { url: 'https://example.com/a.wav' } }],
    ['a URL of a text is a text', 'https://example.com/a.txt', { text: { url: 'https://example.com/a.txt' } }],
    ['bytes are what their first ones say: JPEG', jpeg, { image: { base64: jpeg } }],
    ['bytes are what their first ones say: MP4', { bytes: mp4 }, { video: { base64: mp4 } }],
    ['bytes are what their first ones say: WAV', wav, { audio: { base64: wav } }],
    [
      'a URL object is a URL',
      new URL('https://example.com/a b.mp4'),
      { video: { url: 'https://example.com/a%20b.mp4' } },
    ],
    ['an ArrayBuffer is bytes', new Uint8Array(jpeg).buffer, { image: { base64: jpeg } }],
    [
      'a medium may be a URL object or an ArrayBuffer',
      { image: new URL('https://example.com/a'), audio: new Uint8Array(wav).buffer, url: new URL('https://a.b/c.txt') },
      {
        image: { url: 'https://example.com/a' },
        audio: { base64: new Uint8Array(wav) },
        text: { url: 'https://a.b/c.txt' },
      },
    ],
    ['a text is raw text', { text: 'hello' }, { text: { raw: 'hello' } }],
    ['an image may be named', { image: Uint8Array.of(1, 2) }, { image: { base64: Uint8Array.of(1, 2) } }],
    [
      'several media make a multimodal input',
      { image: 'https://example.com/a.jpg', text: 'hello' },
      { image: { url: 'https://example.com/a.jpg' }, text: { raw: 'hello' } },
    ],
    [
      'a duplicate URL may be allowed',
      { url: 'https://example.com/a.jpg', allowDuplicateUrl: true },
      { image: { url: 'https://example.com/a.jpg', allowDuplicateUrl: true } },
    ],
    ['raw data passes through', { data: { ndarray: { dtype: 'f4' } } }, { ndarray: { dtype: 'f4' } }],
  ])('%s', async (_, input, data) => {
    expect(await dataOf(input)).toEqual(data);
  });

  test('a file is read, and is what its first bytes say whatever its name', async () => {
    expect(await dataOf({ file: file('photo.txt', jpeg) })).toEqual({ image: { base64: Buffer.from(jpeg) } });
  });

  test('a file without known first bytes is what its name says', async () => {
    expect(await dataOf({ file: file('notes.txt', 'grüezi') })).toEqual({ text: { raw: 'grüezi' } });
  });

  test('a Blob is what its type says', async () => {
    expect(await dataOf(new Blob([mp4], { type: 'video/mp4' }))).toEqual({ video: { base64: new Uint8Array(mp4) } });
  });
});

describe('first bytes', () => {
  test.each([
    ['BMP', 'BM\x36\0\0\0\0\0\0\0\x36', 'image'],
    ['an old MOV', '\0\0\0\x08wide\0\0', 'video'],
    ['MP3 without a tag', '\xff\xf3\x90\x64', 'audio'],
  ])('%s is told by them', async (_, bytes, kind) => {
    expect(Object.keys((await dataOf(Buffer.from(bytes, 'latin1'))) as object)).toEqual([kind]);
  });

  test.each(['BMW is a make of cars', 'Get free samples', 'no pictures'])('a text is none: %s', async (text) => {
    expect(await dataOf({ file: file('words.txt', text) })).toEqual({ text: { raw: text } });
  });

  test('a file that is not what its name says is refused, and not sent as it', async () => {
    expect((await refusal({ file: file('broken.jpg', 'no picture') })).message).toMatch(
      /`inputs\[3\]\.file` to be a kind of file known by its first bytes .*got `".*broken\.jpg"`/,
    );
  });
});

describe('labels', () => {
  test('a concept without a value is there: 1 on the wire', async () => {
    const data = await dataOf({ url: 'https://a.b/c', concepts: ['cat', { id: 'dog' }, { id: 'bird', value: 0 }] });
    expect(data).toMatchObject({
      concepts: [
        { id: 'cat', value: 1 },
        { id: 'dog', value: 1 },
        { id: 'bird', value: 0 },
      ],
    });
  });

  test('id, datasets, metadata and place arrive on the wire', async () => {
    const { message } = await toInput(
      {
        id: 'a',
        url: 'https://a.b/c.jpg',
        datasetIds: ['train'],
        metadata: { deep: [{ er: null }] },
        geo: { latitude: -33.9, longitude: 151.2 },
      },
      'inputs[0]',
    );
    const bytes = inputCodec.encode(message);
    const decoded = inputCodec.decode(bytes);
    expect(decoded).toMatchObject({ id: 'a', datasetIds: ['train'], data: { metadata: { deep: [{ er: null }] } } });
    expect(decoded.data?.geo?.geoPoint?.longitude).toBeCloseTo(151.2, 4);
  });
});

describe('bad input is refused with an error that names the argument and the value', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const url = 'https://a.b/c.jpg';
  const sparse = file('film.mp4', '');
  truncateSync(sparse, 10 * 1024 ** 3);
  test.each<[string, unknown, RegExp]>([
    ['a number', 5, /`inputs\[3\]` to be an object, got `5` \(number\)/],
    [
      'a URL without scheme',
      'samples.clarifai.com/a.jpg',
      /`inputs\[3\]\.url` to be a URL with its scheme.*samples\.clarifai\.com\/a\.jpg/,
    ],
    [
      'a missing file',
      { file: join(folder, 'missing.jpg') },
      /`inputs\[3\]\.file` to be a file that can be read.*missing\.jpg/,
    ],
    [
      'an empty file',
      { file: file('empty.jpg', '') },
      /`inputs\[3\]\.file` to be a file of at least one byte, got `".*empty\.jpg"`/,
    ],
    [
      'an image over 20 MiB',
      { image: new Uint8Array(21 * 1024 * 1024) },
      /`inputs\[3\]\.image` to be at most 20971520 bytes/,
    ],
    [
      'a text over 20 MiB',
      { text: 'ü'.repeat(11 * 1024 * 1024) },
      /`inputs\[3\]\.text` to be at most 20971520 bytes of UTF-8/,
    ],
    [
      'a text file that is not UTF-8',
      { text: { file: file('latin1.txt', Buffer.from('grüezi', 'latin1')) } },
      /`inputs\[3\]\.text\.file` to be a text in UTF-8/,
    ],
    ['a file too large to send', { file: sparse }, /`inputs\[3\]\.file` to be a file of at most \d+ bytes/],
    ['bytes of no known kind', Uint8Array.of(1, 2, 3, 4), /`inputs\[3\]\.bytes` to be a kind of file known/],
    ['nothing at all', { id: 'a' }, /`inputs\[3\]` to be an input with a URL/],
    [
      'two sources at once',
      { url, file: 'b.jpg' },
      /`inputs\[3\]` to be only one of url, bytes and file.*url and file/,
    ],
    ['a misspelt name', { url, metdata: {} }, /Unknown name `metdata`.*did you mean `metadata`/],
    [
      'datasets that are no list',
      { url, datasetIds: 'abc' },
      /`inputs\[3\]\.datasetIds` to be an array of ids, got `"abc"`/,
    ],
    ['a misspelt field of the raw data', { data: { imgae: {} } }, /`inputs\[3\]\.data` to be a Data message/],
    [
      'a switch that is no boolean',
      { url, allowDuplicateUrl: 'yes' },
      /`inputs\[3\]\.allowDuplicateUrl` to be a boolean/,
    ],
    [
      'concepts that are no list',
      { url, concepts: 'train' },
      /`inputs\[3\]\.concepts` to be an array of concepts, got `"train"`/,
    ],
    [
      'a concept name that is no text',
      { url, concepts: [{ id: 'a', name: 5 }] },
      /`inputs\[3\]\.concepts\[0\]\.name` to be a string/,
    ],
    ['a stream', new PassThrough(), /`inputs\[3\]` to be read already, and no stream: give a file as \{ file \}/],
    ['a Web stream', new Blob(['a']).stream(), /`inputs\[3\]` to be read already, and no stream/],
    ['a stream for a medium', { image: new PassThrough() }, /`inputs\[3\]\.image` to be read already, and no stream/],
    ['bytes that are none', { bytes: 'abc' }, /`inputs\[3\]\.bytes` to be a Uint8Array or ArrayBuffer/],
    ['a text that is no text', { text: 5 }, /`inputs\[3\]\.text` to be an object, got `5`/],
    ['raw data that is no object', { data: 5 }, /`inputs\[3\]\.data` to be an object, got `5`/],
    [
      'a medium by two ways',
      { image: { url, file: 'a.jpg' } },
      /`inputs\[3\]\.image` to be one of url, bytes and file, got `"url and file"`/,
    ],
    ['a medium by no way', { image: {} }, /`inputs\[3\]\.image` to be one of url, bytes and file/],
    ['a path in place of a URL', '/tmp/x.png', /a file of this machine is given as \{ file \}/],
    ['an empty concept', { url, concepts: [''] }, /`inputs\[3\]\.concepts\[0\]` to be a non-empty string/],
    [
      'a concept value of NaN',
      { url, concepts: [{ id: 'a', value: NaN }] },
      /`inputs\[3\]\.concepts\[0\]\.value`.*NaN/,
    ],
    [
      'NaN in metadata',
      { url, metadata: { a: [1, NaN] } },
      /`inputs\[3\]\.metadata\.a\[1\]` to be a finite number, got `NaN`/,
    ],
    [
      'undefined in metadata',
      { url, metadata: { a: undefined } },
      /`inputs\[3\]\.metadata\.a` to be a JSON value, got/,
    ],
    ['a function in metadata', { url, metadata: { a: () => 1 } }, /`inputs\[3\]\.metadata\.a` to be a JSON value/],
    ['a Date in metadata', { url, metadata: { a: new Date(0) } }, /`inputs\[3\]\.metadata\.a` to be a JSON value/],
    ['a cycle in metadata', { url, metadata: cyclic }, /`inputs\[3\]\.metadata\.self` to be JSON without cycles/],
    [
      'a latitude of 91',
      { url, geo: { latitude: 91, longitude: 0 } },
      /`inputs\[3\]\.geo\.latitude` to be a number from -90 to 90/,
    ],
  ])('%s', async (_, input, message) => {
    expect((await refusal(input)).message).toMatch(message);
  });
});
