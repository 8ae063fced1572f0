/** The Castagnoli polynomial, bits reversed. */
const polynomial = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
  return remainder;
});

/**
 * CRC-32C, the checksum of records in iSCSI, ext4 and Kafka. (Node's `zlib.crc32` is the older CRC-32, with another polynomial.)
 *
 * @param before the checksum of what precedes the bytes
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let remainder = ~before;
  for (let at = 0; at < bytes.length; at++) {
    remainder = (table[(remainder ^ (bytes[at] as number)) & 0xff] as number) ^ (remainder >>> 8);
  }
  return ~remainder >>> 0;
}
