import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { invalidRequest } from '../../base/assert';

/** The first line of a file: what it is, and how to tell whether it is whole. */
interface Head {
  readonly format: string;
  readonly version: number;
  readonly sha256: string;
}

const format = 'clarifai-grpc emulator state';
/** Goes up when states of before can no longer be read. */
const version = 1;
const newline = 0x0a;

/**
 * Writes a state that only the file's owner can read: it holds keys. The file is complete at all times, since the new one
 * takes the old one's place once it is on the disk.
 */
export function writeStateFile(path: string, state: unknown): void {
  const body = serialize(state);
  const head: Head = { format, version, sha256: hashOf(body) };
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    for (const part of [Buffer.from(`${JSON.stringify(head)}\n`), body]) writeAll(file, part);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/**
 * @returns the state, or `undefined` when there is no file
 * @throws InvalidRequestError for a file that is no state, is damaged, or was written by another version
 */
export function readStateFile(path: string): unknown {
  if (!existsSync(dirname(path))) throw unusable(path, 'its folder does not exist');
  if (!existsSync(path)) return undefined;
  const bytes = read(path);
  const end = bytes.indexOf(newline);
  const head = parseHead(bytes.subarray(0, Math.max(end, 0)).toString());
  if (head?.format !== format) throw unusable(path, 'it is not a state that an emulator has kept');
  if (head.version !== version)
    throw unusable(path, `it has version ${head.version}, and this emulator reads ${version}`);
  const body = bytes.subarray(end + 1);
  if (hashOf(body) !== head.sha256) throw unusable(path, 'it is damaged: its contents are not those that were written');
  try {
    return deserialize(body);
  } catch (cause) {
    // A newer Node reads what an older one has written, but not the reverse.
    throw unusable(path, 'this version of Node cannot read it', cause);
  }
}

export function unusable(path: string, reason: string, cause?: unknown): Error {
  return invalidRequest(`The emulator cannot go on with ${path}: ${reason}. Without the file it begins anew`, {
    cause,
  });
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unusable(path, String(cause), cause);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function parseHead(line: string): Partial<Head> | undefined {
  try {
    return JSON.parse(line) as Partial<Head>;
  } catch {
    return undefined;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
