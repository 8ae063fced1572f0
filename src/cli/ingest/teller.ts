import type { IngestionOutcome, IngestSource, Lease } from '../../index';
import type { Print } from '../shell/print';
import type { Progress } from '../shell/progress';
import { outcomeJson, problemOf } from './outcome-text';

/** Lines about single inputs; the summary counts all of them. */
const mostProblems = 20;

/** Tells of each outcome: a line of JSON, or what went wrong. */
export class Teller {
  readonly #print: Print;
  readonly #progress: Progress;
  #problems = 0;
  /** Outcomes of a source with names are told when they come back to it, which knows which item they are of. */
  #isNamed = false;
  #told: Promise<void> | undefined;

  constructor(print: Print, progress: Progress) {
    this.#print = print;
    this.#progress = progress;
  }

  /**
   * The same source, whose items are told of by what it calls them, such as the paths of files.
   *
   * @param size number of its items, for the estimate of the time left
   */
  named(source: IngestSource, size: number | undefined): IngestSource {
    if (!('read' in source)) return source;
    this.#isNamed = true;
    const told = (lease: Lease): Lease => ({
      ...lease,
      ack: (outcome) => (this.#told = this.#tell(outcome, lease.key)),
    });
    return {
      ...source,
      ...(size !== undefined && { size }),
      async *read(options) {
        for await (const lease of source.read(options)) yield told(lease);
      },
    };
  }

  /** Tells of the outcome that the run gives, and lets it go no faster than its teller is read. */
  async tell(outcome: IngestionOutcome): Promise<void> {
    await (this.#isNamed ? this.#told : this.#tell(outcome, undefined));
  }

  async #tell(outcome: IngestionOutcome, input: string | undefined): Promise<void> {
    if (this.#print.json) return this.#print.item(outcomeJson(outcome, input), () => '');
    const problem = problemOf(outcome, input);
    if (problem === undefined) return;
    this.#problems += 1;
    if (this.#problems <= mostProblems) this.#progress.tell(problem);
    if (this.#problems === mostProblems) this.#progress.tell('Further ones are counted; --json tells of all.');
  }
}
