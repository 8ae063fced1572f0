/** Milliseconds of an MP4 or QuickTime file, from the header of its movie; `undefined` for other files. */
export function mp4DurationMs(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const movie = find(view, 'moov', { from: 0, to: view.byteLength });
  const header = movie && find(view, 'mvhd', movie);
  if (header === undefined || header.to - header.from < 20) return undefined;
  const isLong = view.getUint8(header.from) === 1;
  if (isLong && header.to - header.from < 32) return undefined;
  const unitsPerSecond = view.getUint32(header.from + (isLong ? 20 : 12));
  const units = isLong ? Number(view.getBigUint64(header.from + 24)) : view.getUint32(header.from + 16);
  return unitsPerSecond === 0 ? undefined : (units / unitsPerSecond) * 1000;
}

/** Bytes from `from` to before `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The contents of the first box of a type; the other boxes are passed over unread. */
function find(view: DataView, type: string, { from, to }: Span): Span | undefined {
  let at = from;
  while (at + 8 <= to) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    const size = view.getUint32(at);
    const isLong = size === 1 && at + 16 <= to;
    const head = isLong ? 16 : 8;
    // A size of 0 is that of the rest of the file.
    const length = size === 0 ? to - at : isLong ? Number(view.getBigUint64(at + 8)) : size;
    if (length < head) return undefined;
    if (name === type) return { from: at + head, to: Math.min(at + length, to) };
    at += length;
  }
  return undefined;
}
