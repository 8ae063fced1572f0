const capacity = 500;
const cost = { transient: 14, throttled: 5 } as const;

/**
 * Tokens that the retries of one client share, so that a service in trouble is not met with a storm: when most calls fail,
 * retries stop, while those of a lone blip are always paid for. Figures: AWS SDK "standard" mode, 2026.
 */
export class RetryBudget {
  #tokens = capacity;

  get tokens(): number {
    return this.#tokens;
  }

  /** Pays for one retry; `undefined` when there are not enough tokens, else what `refund` takes when it succeeds. */
  spend(category: keyof typeof cost): number | undefined {
    const price = cost[category];
    if (this.#tokens < price) return undefined;
    this.#tokens -= price;
    return price;
  }

  /** Gives back what the retry that succeeded cost; a call that succeeds at once earns one token. */
  refund(price = 1): void {
    this.#tokens = Math.min(capacity, this.#tokens + price);
  }
}
