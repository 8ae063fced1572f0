import { encodeFrame, readFrames } from '../../../../src/ingestion/journal/frame';

const payloads = [Buffer.from('first'), Buffer.alloc(0), Buffer.from('the third, with ümläuts'), Buffer.from('last')];
const frames = payloads.map(encodeFrame);
const file = Buffer.concat(frames);
const lastAt = file.length - (frames.at(-1)?.length ?? 0);

test('frames are read as they were written', () => {
  expect(readFrames(file)).toEqual({ payloads, end: file.length, wholeAfterEnd: undefined });
  expect(readFrames(Buffer.alloc(0))).toEqual({ payloads: [], end: 0, wholeAfterEnd: undefined });
});

test('a file that ends anywhere in its last frame is whole up to it', () => {
  for (let size = lastAt; size < file.length; size++) {
    expect(readFrames(file.subarray(0, size))).toEqual({
      payloads: payloads.slice(0, -1),
      end: lastAt,
      wholeAfterEnd: undefined,
    });
  }
});

test('any bit of the last frame that is wrong makes it a torn one', () => {
  for (let bit = lastAt * 8; bit < file.length * 8; bit++) {
    const { end, wholeAfterEnd } = readFrames(withBitFlipped(bit));
    expect([end, wholeAfterEnd]).toEqual([lastAt, undefined]);
  }
});

test('any bit before it that is wrong is told from a torn end by the whole frame that follows', () => {
  for (let bit = 0; bit < lastAt * 8; bit++) expect(readFrames(withBitFlipped(bit)).wholeAfterEnd).toBeDefined();
});

test('zeros at the end, as a file system leaves them, are no frame', () => {
  const { end, wholeAfterEnd } = readFrames(Buffer.concat([file, Buffer.alloc(4096)]));
  expect([end, wholeAfterEnd]).toEqual([file.length, undefined]);
});

function withBitFlipped(bit: number): Buffer {
  const damaged = Buffer.from(file);
  damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return damaged;
}
