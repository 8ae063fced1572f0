import { createReadStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { assertInputs } from '../../../src/inputs/assert-inputs';
import type { InputLike, InputsLike } from '../../../src/inputs/input-like';

const urls = ['https://a.b/1.jpg', 'https://a.b/2.jpg'];

async function all(inputs: InputsLike): Promise<unknown[]> {
  assertInputs(inputs, 'inputs');
  const found: unknown[] = [];
  for await (const input of inputs) found.push(input);
  return found;
}

describe('what gives inputs one after another', () => {
  test.each<[string, () => InputsLike]>([
    ['an array', () => urls],
    ['a set', () => new Set(urls)],
    ['an iterator', () => urls.values()],
    ['a Node stream in object mode', () => Readable.from(urls)],
    ['a Node transform in object mode', () => Readable.from(urls).pipe(new PassThrough({ objectMode: true }))],
    ['a Web stream', () => ReadableStream.from(urls)],
  ])('%s', async (_, inputs) => {
    expect(await all(inputs())).toEqual(urls);
  });
});

describe('what gives bytes, and not inputs, is refused before it is read', () => {
  test.each<[string, () => unknown]>([
    ['a file being read', () => createReadStream(__filename).on('error', () => undefined)],
    ['a Node stream of bytes', () => Readable.from([Buffer.from('a')], { objectMode: false })],
    ['a Web stream of bytes', () => new Blob(['abc']).stream()],
    ['the body of an answer', () => new Response('abc').body],
  ])('%s', (_, inputs) => {
    const given = inputs();
    expect(() => assertInputs(given, 'inputs')).toThrow(
      /`inputs` to be a stream of inputs, in object mode, and not one of bytes .*\[\{ file \}\]/,
    );
    if (given instanceof Readable) given.destroy();
  });

  test('bytes themselves', () => {
    expect(() => assertInputs(Buffer.from('a'), 'inputs')).toThrow(/`inputs` to be several inputs, such as \[bytes\]/);
  });

  test('a Web stream that was looked at can still be read', async () => {
    const stream: ReadableStream<InputLike> = ReadableStream.from(urls);
    assertInputs(stream, 'inputs');
    expect(stream.locked).toBe(false);
    expect(await all(stream)).toEqual(urls);
  });
});

test.each([undefined, null, 5, 'https://a.b/1.jpg', {}])('%p is nothing to take inputs from', (inputs) => {
  expect(() => assertInputs(inputs, 'inputs')).toThrow(/`inputs` to be an iterable or async iterable/);
});
