/** The kinds of media that an input can hold. */
export type MediaKind = (typeof mediaKinds)[number];

export const mediaKinds = ['image', 'video', 'audio', 'text'] as const;

const kindOfExtension: ReadonlyMap<string, MediaKind> = new Map(
  Object.entries({
    jpg: 'image',
    jpeg: 'image',
    png: 'image',
    gif: 'image',
    bmp: 'image',
    webp: 'image',
    tif: 'image',
    tiff: 'image',
    mp4: 'video',
    mov: 'video',
    avi: 'video',
    wmv: 'video',
    '3gp': 'video',
    wav: 'audio',
    mp3: 'audio',
    txt: 'text',
    csv: 'text',
    tsv: 'text',
  }),
);

/** The kind of media behind a URL or file name, by its extension; `undefined` when that does not tell. */
export function mediaKindOfName(name: string): MediaKind | undefined {
  const end = endOfPath(name);
  const dot = name.lastIndexOf('.', end - 1);
  if (dot < 0) return undefined;
  const isLast = end - dot - 1 === last.extension.length && name.startsWith(last.extension, dot + 1);
  return isLast ? last.kind : kindOf(name.slice(dot + 1, end));
}

/** What was looked up last: many names have the extension of the one before. */
let last: { readonly extension: string; readonly kind: MediaKind | undefined } = { extension: 'jpg', kind: 'image' };

function kindOf(extension: string): MediaKind | undefined {
  const kind = kindOfExtension.get(extension.toLowerCase());
  last = { extension, kind };
  return kind;
}

/** Where a URL's query or fragment begins. */
function endOfPath(name: string): number {
  const query = name.indexOf('?');
  const fragment = name.indexOf('#');
  if (query < 0 || fragment < 0) return Math.max(query, fragment) < 0 ? name.length : Math.max(query, fragment);
  return Math.min(query, fragment);
}

/** What a QuickTime file may begin with instead of `ftyp`. */
const oldMovie = /^(moov|mdat|wide|free|skip|pnot)$/;

/** The kind of media that bytes hold, by their first ones; `undefined` when they are none the service documents. */
export function mediaKindOfBytes(bytes: Uint8Array): MediaKind | undefined {
  const ascii = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));
  const first = ascii(0, 4);
  if (first.startsWith('\xff\xd8\xff')) return 'image'; // JPEG
  if (first === '\x89PNG' || first === 'GIF8') return 'image';
  if (first.startsWith('BM') && ascii(6, 10) === '\0\0\0\0') return 'image'; // BMP, and no text that begins so
  if (first === 'II*\0' || first === 'MM\0*') return 'image'; // TIFF
  if (first === 'RIFF') {
    const format = ascii(8, 12);
    return format === 'WEBP' ? 'image' : format === 'AVI ' ? 'video' : format === 'WAVE' ? 'audio' : undefined;
  }
  if (ascii(4, 8) === 'ftyp') return 'video'; // MP4, MOV, 3GP
  if (bytes[0] === 0 && oldMovie.test(ascii(4, 8))) return 'video'; // MOV
  if (first === '\x30\x26\xb2\x75') return 'video'; // WMV
  if (ascii(0, 3) === 'ID3' || /^\xff[\xfb\xf3\xf2]/.test(first)) return 'audio'; // MP3
  return undefined;
}

export function mediaKindOfMimeType(type: string): MediaKind | undefined {
  const kind = type.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' || kind === 'text' ? kind : undefined;
}
