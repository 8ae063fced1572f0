import { crc32c } from '../../../../src/ingestion/journal/crc32c';

// The check value of the catalogue of CRC algorithms, and the examples of RFC 3720, B.4.
test.each([
  ['123456789', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes upwards', Buffer.from([...Array(32).keys()]), 0x46dd794e],
  ['nothing', Buffer.alloc(0), 0],
])('the checksum of %s is the published one', (_, bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum);
});

test('a checksum can be made in parts', () => {
  const bytes = Buffer.from('123456789');
  for (let at = 0; at <= bytes.length; at++) {
    expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(0xe3069283);
  }
});
