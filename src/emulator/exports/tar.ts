const blockBytes = 512;

/** A tar archive of one small file. */
export function tarOf(name: string, content: string, mtimeMs: number): Uint8Array {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(blockBytes);
  const octal = (value: number, at: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at);
  header.write(name, 0, 100);
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(bytes.length, 124, 11);
  octal(Math.floor(mtimeMs / 1000), 136, 11);
  // The checksum counts as spaces when it is computed.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  const padding = Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes);
  return Buffer.concat([header, bytes, padding, Buffer.alloc(2 * blockBytes)]);
}
