/** What the head of an image file says. */
export interface ImageFormat {
  readonly format: 'JPEG' | 'PNG' | 'GIF' | 'BMP' | 'WEBP' | 'TIFF';
  readonly width: number;
  readonly height: number;
}

/** The format of an image, from its first bytes; `undefined` for what the service does not support. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const startsWith = (text: string, at = 0) =>
    Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;
  if (bytes.length < 12) return undefined;
  if (startsWith('\x89PNG\r\n\x1a\n') && bytes.length >= 24) {
    return { format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (startsWith('\xff\xd8\xff')) return { format: 'JPEG', ...jpegSize(view) };
  if (startsWith('GIF8')) return { format: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (startsWith('BM') && bytes.length >= 26) {
    return { format: 'BMP', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  }
  if (startsWith('RIFF') && startsWith('WEBP', 8)) return { format: 'WEBP', width: 0, height: 0 };
  if (startsWith('II*\0') || startsWith('MM\0*')) return { format: 'TIFF', width: 0, height: 0 };
  return undefined;
}

/** Walks the segments to the frame header; 0 by 0 when there is none. */
function jpegSize(view: DataView): { width: number; height: number } {
  let at = 2;
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return { width: 0, height: 0 };
}
