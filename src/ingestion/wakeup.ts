/** Lets one loop sleep until something has changed. What changes while nobody sleeps is not lost: the next sleep is short. */
export class Wakeup {
  #wake: (() => void) | undefined;
  #pending = false;

  wake(): void {
    this.#pending = true;
    const wake = this.#wake;
    // Once: to resolve a promise again costs a call into Node's own C++.
    this.#wake = undefined;
    wake?.();
  }

  async next(): Promise<void> {
    if (!this.#pending) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#pending = false;
  }
}
