import type { ArchivedFile } from './archived-file';

const blockBytes = 512;

/** Whether these are the bytes of a tar archive: POSIX and GNU write this word into every head. */
export function isTar(bytes: Uint8Array): boolean {
  return text(bytes, 257, 5) === 'ustar';
}

/**
 * The files of a tar archive, in the formats of POSIX (ustar, pax) and of GNU. Folders, links and devices are passed over.
 *
 * @throws Error for an archive that is damaged or cut short
 */
export function untar(bytes: Uint8Array): ArchivedFile[] {
  const files: ArchivedFile[] = [];
  /** What an entry of its own said of the name of the next one, which was too long for the head. */
  let longName: string | undefined;
  for (let at = 0; at + blockBytes <= bytes.length && bytes[at] !== 0;) {
    const head = bytes.subarray(at, at + blockBytes);
    assertChecksum(head);
    const size = number(head, 124, 12);
    const contents = bytes.subarray(at + blockBytes, at + blockBytes + size);
    if (contents.length < size) throw new Error('The tar archive is cut short');
    const type = text(head, 156, 1);
    if (type === 'x') longName = paxPath(contents) ?? longName;
    else if (type === 'L') longName = text(contents, 0, size);
    else if (type !== 'g') {
      if (type === '' || type === '0') files.push({ name: longName ?? nameIn(head), bytes: contents });
      longName = undefined;
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return files;
}

function nameIn(head: Uint8Array): string {
  const prefix = text(head, 345, 155);
  const name = text(head, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records are `<length> <key>=<value>\n`, the length being that of the whole record. */
function paxPath(records: Uint8Array): string | undefined {
  for (let at = 0; at < records.length;) {
    const [length = '', rest = ''] = text(records, at, 24).split(' ', 2);
    if (!(Number(length) > 0) || rest === '') throw new Error('The tar archive is damaged');
    const record = text(records, at + length.length + 1, Number(length) - length.length - 2);
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += Number(length);
  }
  return undefined;
}

/** The sum of the head's bytes, those of the sum itself counted as spaces. */
function assertChecksum(head: Uint8Array): void {
  const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (sum !== number(head, 148, 8)) throw new Error('The tar archive is damaged');
}

/** Octal digits, or for large ones the bits themselves, marked by the first. */
function number(head: Uint8Array, at: number, length: number): number {
  const field = head.subarray(at, at + length);
  if (((field[0] ?? 0) & 0x80) !== 0)
    return field.reduce((value, byte, index) => value * 256 + (index === 0 ? byte & 0x7f : byte), 0);
  return Number.parseInt(text(head, at, length).trim() || '0', 8);
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = Buffer.from(bytes.subarray(at, at + length));
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? undefined : end).toString();
}
