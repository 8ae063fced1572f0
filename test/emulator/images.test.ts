import { decodeImage } from '../../src/emulator/image/decode';
import { dominantColors } from '../../src/emulator/image/dominant-colors';
import { imageFormat } from '../../src/emulator/image/format';
import { nearestW3cColor } from '../../src/emulator/image/w3c-colors';
import { photograph } from './harness';

const bytes = (text: string, length = 40) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]);

describe('image formats', () => {
  it('reads the size of a JPEG from its frame header', () => {
    expect(imageFormat(photograph())).toEqual({ format: 'JPEG', width: 512, height: 384 });
  });

  it.each([
    ['PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80'), 256, 128],
    ['GIF', bytes('GIF89a\x10\0\x20\0'), 16, 32],
    ['BMP', bytes(`BM${'\0'.repeat(16)}\x08\0\0\0\xfc\xff\xff\xff`), 8, 4],
    ['WEBP', bytes('RIFF\0\0\0\0WEBP'), 0, 0],
    ['TIFF', bytes('II*\0'), 0, 0],
  ])('knows a %s', (format, file, width, height) => {
    expect(imageFormat(file)).toEqual({ format, width, height });
  });

  it.each([
    ['nothing', ''],
    ['a PDF', '%PDF-1.7 and so on'],
    ['the beginning of a PNG', '\x89PNG\r\n\x1a\n'],
  ])('knows %s for no image', (_, text) => {
    expect(imageFormat(Buffer.from(text, 'latin1'))).toBeUndefined();
  });

  it('does not run past the end of a JPEG of any length', () => {
    const photo = photograph();
    for (let length = 0; length < 1000; length++) expect(() => imageFormat(photo.subarray(0, length))).not.toThrow();
  });
});

describe('colours', () => {
  it.each([
    [[255, 255, 255], 'White', '#ffffff'],
    [[0, 0, 0], 'Black', '#000000'],
    [[250, 10, 10], 'Red', '#ff0000'],
    [[72, 61, 140], 'DarkSlateBlue', '#483d8b'],
  ] as const)('names %j %s', (color, name, hex) => {
    expect(nearestW3cColor(color)).toEqual({ name, hex });
  });

  it('finds one colour in a picture of one pixel', () => {
    const pixels = Uint8Array.from([10, 20, 30, 255]);
    expect(dominantColors({ width: 1, height: 1, pixels })).toEqual([{ color: [10, 20, 30], share: 1 }]);
  });

  it('leaves specks out, and the shares still add up to 1', () => {
    const pixels = new Uint8Array(100 * 100 * 4).fill(255);
    pixels.set([0, 0, 0], 50 * 400 + 200);
    expect(dominantColors({ width: 100, height: 100, pixels })).toEqual([
      { color: expect.anything() as unknown, share: 1 },
    ]);
  });

  it('finds no colour in a picture without pixels', () => {
    expect(dominantColors({ width: 0, height: 0, pixels: new Uint8Array() })).toEqual([]);
  });
});

it('names the package that is missing', () => {
  jest.doMock('jpeg-js', () => {
    throw new Error("Cannot find module 'jpeg-js'");
  });
  expect(() => decodeImage(photograph())).toThrow('need the package jpeg-js: npm install jpeg-js');
  jest.dontMock('jpeg-js');
});
