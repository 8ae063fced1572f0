import { dirname } from 'node:path';
import type { JournalFile, JournalFiles } from '../../../../src/ingestion/journal/journal-files';

/** What becomes of what was not synced when the power is cut. */
export type Fate = 'dropped' | 'torn' | 'garbled' | 'kept';
export const fates: readonly Fate[] = ['dropped', 'torn', 'garbled', 'kept'];

interface Inode {
  /** As the disk has it for certain. */
  durable: Buffer;
  /** As the processes see it. */
  current: Buffer;
}

export class PowerCut extends Error {}

/**
 * A disk in memory that keeps only what it was told to sync. Every operation is a step; at the chosen one the power goes, in
 * the midst of it, and nothing works any more until `restart`.
 */
export class SimulatedDisk implements JournalFiles {
  /** Names as the processes see them, and as the disk has them for certain. */
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();
  readonly #inodes = new Set<Inode>();
  steps: number = 0;
  cutAt: number = Infinity;
  /** Bytes that one append takes at most. */
  mostPerAppend: number = Infinity;
  /** Bytes until the disk is full. */
  space: number = Infinity;

  /** The machine starts again, with what is left of its disk; no process of before runs any more. */
  restart(fate: Fate): void {
    if (fate === 'kept') this.#durableNames = new Map(this.#names);
    for (const inode of this.#inodes) inode.current = inode.durable = leftOf(inode, fate);
    for (const name of this.#durableNames.keys()) if (name.includes('/lock.')) this.#durableNames.delete(name);
    this.#names = new Map(this.#durableNames);
    this.steps = 0;
    this.cutAt = Infinity;
  }

  contents(path: string): Buffer {
    return this.#inode(path).current;
  }

  overwrite(path: string, contents: Buffer): void {
    const inode = this.#inode(path);
    inode.current = inode.durable = contents;
  }

  get paths(): readonly string[] {
    return [...this.#names.keys()].sort();
  }

  async makeDirectory(): Promise<void> {
    this.#step();
  }

  async list(path: string): Promise<readonly string[]> {
    this.#step();
    return this.paths.filter((name) => dirname(name) === path).map((name) => name.slice(path.length + 1));
  }

  async read(path: string, from = 0): Promise<Buffer> {
    this.#step();
    return Buffer.from(this.#inode(path).current.subarray(from));
  }

  async sizeOf(path: string): Promise<number> {
    this.#step();
    return this.#inode(path).current.length;
  }

  async create(path: string): Promise<JournalFile> {
    this.#step();
    const inode = { durable: Buffer.alloc(0), current: Buffer.alloc(0) };
    this.#inodes.add(inode);
    this.#names.set(path, inode);
    return this.#appendable(inode);
  }

  async reopen(path: string, bytes: number): Promise<JournalFile> {
    if (!this.#names.has(path)) return this.create(path);
    this.#step();
    const inode = this.#inode(path);
    inode.current = inode.current.subarray(0, bytes);
    return this.#appendable(inode);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    this.#names.set(to, this.#inode(from));
    this.#names.delete(from);
  }

  async remove(path: string): Promise<void> {
    this.#step();
    this.#names.delete(path);
  }

  async syncDirectory(path: string): Promise<void> {
    this.#step();
    for (const name of this.#durableNames.keys()) if (dirname(name) === path) this.#durableNames.delete(name);
    for (const [name, inode] of this.#names) if (dirname(name) === path) this.#durableNames.set(name, inode);
  }

  #appendable(inode: Inode): JournalFile {
    return {
      append: async (bytes) => {
        const taken = bytes.subarray(0, Math.min(this.mostPerAppend, this.space));
        if (taken.length === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        this.space -= taken.length;
        inode.current = Buffer.concat([inode.current, taken]);
        this.#step();
        return taken.length;
      },
      sync: async () => {
        this.#step();
        inode.durable = inode.current;
      },
      close: async () => this.#step(),
    };
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return inode;
  }

  #step(): void {
    if (this.steps >= this.cutAt) throw new PowerCut('The power is cut');
    this.steps += 1;
  }
}

function leftOf({ durable, current }: Inode, fate: Fate): Buffer {
  switch (fate) {
    case 'dropped':
      return durable;
    case 'kept':
      return current;
    case 'torn':
      return current.subarray(0, durable.length + Math.floor((current.length - durable.length) / 2));
    case 'garbled': {
      // The size was written, and of the contents every second block of eight bytes.
      const left = Buffer.from(current);
      for (let at = durable.length; at < left.length; at++) if ((at & 8) === 0) left[at] = 0;
      return left;
    }
  }
}
