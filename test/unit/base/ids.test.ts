import { randomId } from '../../../src/base/ids';

describe('randomId', () => {
  test('is 32 hexadecimal digits of the randomness it is given', () => {
    expect(randomId((size) => Uint8Array.from({ length: size }, (_, index) => index * 16))).toBe(
      '00102030405060708090a0b0c0d0e0f0',
    );
  });

  test('is new each time', () => {
    const ids = Array.from({ length: 100 }, () => randomId());
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});
