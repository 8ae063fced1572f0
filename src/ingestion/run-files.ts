import type { Clock } from '../base/clock';
import type { ClarifaiError } from '../base/errors';
import type { InputLike } from '../inputs/input-like';
import type { MakeId } from '../inputs/prepare-inputs';
import { type DeadLetterFile, openDeadLetterFile } from './dead-letters/dead-letter-file';
import type { Fate } from './fate';
import { type Journal, openJournal } from './journal/journal';
import type { JournalFiles } from './journal/journal-files';
import type { JournalIdentity } from './journal/records';
import { ResumableIds } from './made-ids';

export interface RunFilesOptions {
  /** Directory of the journal. */
  readonly resume: string | undefined;
  readonly identity: JournalIdentity;
  /** File of dead letters. */
  readonly deadLetters: string | undefined;
  readonly clock: Clock;
  readonly files: JournalFiles;
}

/** The files of a run that was asked to keep any: its journal and its dead letters. */
export class RunFiles {
  readonly #options: RunFilesOptions;
  /** What was read and has no outcome yet, as it was read: what dead letters are written of. */
  readonly #inputs = new Map<number, InputLike | Error>();
  #journal: Journal | undefined;
  #letters: DeadLetterFile | undefined;
  #ids: ResumableIds | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: RunFilesOptions) {
    this.#options = options;
  }

  get journal(): Journal | undefined {
    return this.#journal;
  }

  get keepsJournal(): boolean {
    return this.#options.resume !== undefined;
  }

  /** Whether an input that is given up becomes a dead letter. */
  get keepsLetters(): boolean {
    return this.#options.deadLetters !== undefined;
  }

  /** @param onFailure called when a file cannot be opened, or the journal cannot be written any more */
  async open(onFailure: (reason: unknown) => void): Promise<void> {
    const { resume: path, identity, deadLetters, clock, files } = this.#options;
    try {
      if (path !== undefined) {
        this.#journal = await openJournal({ path, identity, clock, files });
        this.#journal.watch(onFailure);
        this.#ids = new ResumableIds(this.#journal.seed);
      }
      if (deadLetters !== undefined) this.#letters = await openDeadLetterFile(deadLetters, files);
    } catch (reason) {
      onFailure(reason);
    }
  }

  /** Random ids that a resumed run makes again. */
  readonly makeId: MakeId = (content, index) => {
    if (this.#ids === undefined) throw new Error('The journal is not open');
    return this.#ids.make(content, this.#journal?.cursorOf(index));
  };

  noteRead(index: number, input: InputLike | Error): void {
    this.#inputs.set(index, input);
  }

  /** Notes what became of an item. */
  settled(index: number, kind: Fate['kind']): void {
    this.#inputs.delete(index);
    if (kind !== 'unsent') this.#journal?.settled(index, kind);
  }

  /** Resolves when the item that was given up is written durably. */
  async bury(index: number, id: string | undefined, error: ClarifaiError): Promise<void> {
    const input = this.#inputs.get(index);
    const attempts = error.attempts?.length ?? (error.source === 'client' ? 0 : 1);
    await this.#letters?.add({ index, id, input: input ?? error, error, attempts });
  }

  /** Commits what is left, and lets go of the files. May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#journal?.close();
    await this.#letters?.close();
  }
}
