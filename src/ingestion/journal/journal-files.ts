import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file that bytes are appended to. */
export interface JournalFile {
  /** Appends the bytes, or the first of them, and resolves with how many. They may be gone after a power cut until `sync`. */
  append(bytes: Uint8Array): Promise<number>;
  /** Resolves when everything appended so far survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The file system as the journal needs it, so that tests can fill the disk and cut the power. */
export interface JournalFiles {
  /** Makes the directory, and those above it, so that they survive a power cut. */
  makeDirectory(path: string): Promise<void>;
  /** Names in a directory. */
  list(path: string): Promise<readonly string[]>;
  /** @param from byte to begin at */
  read(path: string, from?: number): Promise<Buffer>;
  sizeOf(path: string): Promise<number>;
  /** Opens a new, empty file; one of that name is emptied. */
  create(path: string): Promise<JournalFile>;
  /** Opens a file to append after its first `bytes`, and makes it when there is none; what follows them is cut off. */
  reopen(path: string, bytes: number): Promise<JournalFile>;
  /** Puts a file in the place of another, or none. Survives a power cut after `syncDirectory`, as `create` and `remove` do. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, if there is one. */
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
}

export const systemFiles: JournalFiles = {
  makeDirectory: async (path) => {
    const highest = (await mkdir(path, { recursive: true })) ?? resolve(path);
    // A name is in the directory above it.
    for (let made = resolve(path); made.startsWith(highest); made = dirname(made)) await syncDirectory(dirname(made));
  },
  list: (path) => readdir(path),
  read: async (path, from = 0) => {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path, { start: from })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  sizeOf: async (path) => (await stat(path)).size,
  create: async (path) => appendable(path, 0),
  reopen: appendable,
  rename,
  remove: (path) => unlink(path).catch(ignoreMissing),
  syncDirectory,
};

async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories; its file systems write names as they write data.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function appendable(path: string, bytes: number): Promise<JournalFile> {
  const handle: FileHandle = await open(path, 'a');
  await handle.truncate(bytes);
  return {
    append: async (bytes) => (await handle.write(bytes)).bytesWritten,
    // The size is synced with the data; times are not, which nobody asks for.
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
