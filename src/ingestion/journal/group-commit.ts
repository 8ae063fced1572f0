/**
 * Commits entries in groups: what is added while one commit is under way goes into the next. A commit begins when the one
 * before it has ended, so that a crash finds at most one half done. When one fails, all that come after it fail likewise:
 * nobody knows what a disk holds that has failed to sync.
 */
export class GroupCommit<Entry> {
  readonly #write: (entries: readonly Entry[]) => Promise<void>;
  #entries: Entry[] = [];
  #last: Promise<void> = Promise.resolve();
  /** The commit that takes what is added now. */
  #next: Promise<void> | undefined;

  /** @param write makes a group durable */
  constructor(write: (entries: readonly Entry[]) => Promise<void>) {
    this.#write = write;
  }

  /** Adds an entry to the next commit, whenever that is. */
  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** Resolves when everything added so far is durable. */
  flush(): Promise<void> {
    this.#next ??= this.#commitAfter(this.#last);
    return this.#next;
  }

  #commitAfter(previous: Promise<void>): Promise<void> {
    const commit = previous.then(async () => {
      this.#next = undefined;
      const entries = this.#entries;
      this.#entries = [];
      if (entries.length > 0) await this.#write(entries);
    });
    this.#last = commit;
    return commit;
  }
}
