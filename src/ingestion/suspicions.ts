import type { Item } from './item';

/** Failures alone below which no item is blamed, whatever else got through. */
const fewestFailures = 5;

/** The chance, by and large, that any item of a run is blamed for failures that the service would have had without it. */
const chanceOfError = 1e-4;

/** What happened since a request failed that an item was in for the first time, as far as it speaks for or against the item. */
export interface Suspicion {
  /** Requests that had been answered by then, and the failures that were the service's. */
  readonly answered: number;
  readonly failed: number;
  /** Failures of requests with the item, each divided by the number of items in the request. */
  share: number;
  /** What the others in those requests have as their shares. */
  ofOthers: number;
  /** Failures as the only item of the request. */
  alone: number;
  /** Requests that had been answered, and had failed with more than one item, when the item last failed alone. */
  lastAnswered: number;
  lastFailedTogether: number;
}

/**
 * Tells an item that makes the service fail from a service that fails by itself, at everything or at random. An item is
 * blamed when others get through so much more often that chance does not explain it.
 */
export class Suspicions {
  #answered = 0;
  /**
   * Failures that were the service's: those of items that got through later. One that never does is no measure of the
   * service, or else items that are to blame would excuse each other.
   */
  #failed = 0;
  #failedTogether = 0;
  /** Items that failed alone. */
  #suspects = 0;

  /** A request was answered. */
  answered(items: readonly Item[]): void {
    this.#answered += 1;
    for (const item of items) {
      if (item.suspicion === undefined) continue;
      this.#failed += item.suspicion.share;
      item.trouble.suspicion = undefined;
    }
  }

  /** The service failed at a request. */
  failed(items: readonly Item[]): void {
    if (items.length > 1) this.#failedTogether += 1;
    for (const item of items) {
      const ofOthers = 1 - 1 / items.length;
      if (item.suspicion === undefined) item.trouble.suspicion = this.#begin();
      // The failure that raised the suspicion does not confirm it.
      else item.suspicion.ofOthers += ofOthers;
      const suspicion = item.trouble.suspicion as Suspicion;
      suspicion.share += 1 - ofOthers;
      if (items.length === 1) this.#failedAlone(suspicion);
    }
  }

  /** Whether the item, and not the service, is the cause of its failures. */
  convicts({ suspicion }: Item): boolean {
    if (suspicion === undefined || suspicion.alone < fewestFailures) return false;
    const answered = this.#answered - suspicion.answered;
    const failed = Math.max(0, this.#failed - suspicion.failed - suspicion.ofOthers);
    // Had the item nothing to do with it, these requests could have ended in any order: this is the chance that of all
    // answers none is the item's, however often the service fails.
    let chance = 1;
    for (let own = 1; own <= suspicion.alone; own++) chance *= (failed + own) / (answered + failed + own);
    return chance * this.#suspects < chanceOfError;
  }

  #begin(): Suspicion {
    return {
      ...{ answered: this.#answered, failed: this.#failed, share: 0, ofOthers: 0, alone: 0 },
      ...{ lastAnswered: this.#answered, lastFailedTogether: this.#failedTogether },
    };
  }

  #failedAlone(suspicion: Suspicion): void {
    // Others were tried since it last failed, and none got through: the service is away, which says nothing of the item.
    const isAway = this.#failedTogether > suspicion.lastFailedTogether && this.#answered === suspicion.lastAnswered;
    if (!isAway && suspicion.alone++ === 0) this.#suspects += 1;
    suspicion.lastAnswered = this.#answered;
    suspicion.lastFailedTogether = this.#failedTogether;
  }
}
