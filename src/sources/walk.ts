import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file below a folder, or what could not be read there. */
export interface Walked {
  /** Relative, with slashes; that of a folder ends in one. */
  readonly path: string;
  readonly fault?: { readonly expected: string; readonly cause?: unknown };
}

export interface WalkOptions {
  readonly root: string;
  /** Names that are passed over, of files and folders. */
  readonly skips: (name: string) => boolean;
  readonly signal: AbortSignal;
}

/**
 * The files below a folder, each folder sorted by name, one that is reached through a link, too: but not from within itself.
 * Of one folder at a time, and of those it lies in, the names are in memory.
 *
 * @param after path behind which to begin
 */
export function walk(options: WalkOptions, after: string | undefined): AsyncGenerator<Walked, void, undefined> {
  return walkFolder(options, { path: '', after: after?.split('/') ?? [], within: [] });
}

interface Folder {
  /** Relative, with a slash at its end unless it is the root. */
  readonly path: string;
  /** What is left, in this folder, of the path behind which to begin. */
  readonly after: readonly string[];
  /** The folders it lies in, by their true paths. */
  readonly within: readonly string[];
}

async function* walkFolder(options: WalkOptions, folder: Folder): AsyncGenerator<Walked, void, undefined> {
  const { root, skips, signal } = options;
  const [passed, ...afterPassed] = folder.after;
  let names: string[];
  let truePath: string;
  try {
    truePath = await realpath(join(root, folder.path));
    if (folder.within.includes(truePath)) return;
    names = await readdir(truePath);
  } catch (cause) {
    // It was told of before when its own path is the one behind which to begin.
    if (passed !== '') yield { path: folder.path, fault: { expected: 'a folder that can be read', cause } };
    return;
  }
  for (const name of names.sort()) {
    if (signal.aborted) return;
    if (skips(name) || (passed !== undefined && name < passed)) continue;
    const path = `${folder.path}${name}`;
    const after = name === passed ? afterPassed : [];
    const kind = await kindOf(join(root, path));
    if (kind === 'folder') {
      yield* walkFolder(options, { path: `${path}/`, after, within: [...folder.within, truePath] });
    } else if (name !== passed || afterPassed.length > 0) {
      yield kind === 'file' ? { path } : { path, fault: kind };
    }
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | NonNullable<Walked['fault']>> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) return 'folder';
    // Reading a pipe or a device would wait for ever.
    return status.isFile() ? 'file' : { expected: 'a file, and no pipe, socket or device' };
  } catch (cause) {
    return { expected: 'a file that can be read', cause };
  }
}
