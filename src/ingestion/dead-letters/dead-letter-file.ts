import { dirname } from 'node:path';
import { invalidArgument } from '../../base/assert';
import { ClarifaiError } from '../../base/errors';
import { GroupCommit } from '../journal/group-commit';
import type { JournalFile, JournalFiles } from '../journal/journal-files';
import { appendAll } from '../journal/segment';
import { type GivenUp, toDeadLetter } from './dead-letter';

const newline = 0x0a;
/** How far from its end a file is looked at first for its last line. */
const tailBytes = 64 * 1024;

/** A file of dead letters, one JSON object a line, that a run adds to. */
export class DeadLetterFile {
  readonly #file: JournalFile;
  readonly #commit: GroupCommit<string>;

  constructor(file: JournalFile, path: string) {
    this.#file = file;
    this.#commit = new GroupCommit(async (lines) => {
      try {
        await appendAll(file, Buffer.from(lines.join('')));
        await file.sync();
      } catch (error) {
        throw unusable(path, error);
      }
    });
  }

  /** Resolves when the letter is durable: its outcome is not reported before. Letters of one moment share a sync. */
  add(item: GivenUp): Promise<void> {
    this.#commit.add(`${JSON.stringify(toDeadLetter(item))}\n`);
    return this.#commit.flush();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Opens a file to add to, or begins one. A line that a crash left unfinished is cut off: its outcome was not reported. */
export async function openDeadLetterFile(path: string, files: JournalFiles): Promise<DeadLetterFile> {
  try {
    const size = await files.sizeOf(path).catch(zeroWhenMissing);
    const file = await files.reopen(path, await endOfLastLine(files, path, size));
    await files.syncDirectory(dirname(path));
    return new DeadLetterFile(file, path);
  } catch (error) {
    throw unusable(path, error);
  }
}

async function endOfLastLine(files: JournalFiles, path: string, size: number): Promise<number> {
  for (let length = tailBytes; size > 0; length *= 2) {
    const from = Math.max(0, size - length);
    const end = (await files.read(path, from)).lastIndexOf(newline) + 1;
    if (end > 0 || from === 0) return from + end;
  }
  return 0;
}

function zeroWhenMissing(error: NodeJS.ErrnoException): number {
  if (error.code === 'ENOENT') return 0;
  throw error;
}

function unusable(path: string, error: unknown): ClarifaiError {
  if (error instanceof ClarifaiError) return error;
  return invalidArgument('deadLetters', 'a file that can be written', path, { cause: error });
}
