/** Messages on their way to one reader, who takes them one by one; who puts one in waits until it is taken. */
export class Outbox<Message> implements AsyncIterable<Message> {
  readonly #messages: { readonly message: Message; readonly taken: () => void }[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  /** Resolves when the message was taken, or will not be any more. */
  put(message: Message): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((taken) => {
      this.#messages.push({ message, taken });
      this.#wake();
    });
  }

  /** There will be no other message; those that wait can still be taken. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Nobody will take anything any more. */
  drop(): void {
    this.end();
    for (const { taken } of this.#messages.splice(0)) taken();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Message, void, undefined> {
    for (;;) {
      const next = this.#messages.shift();
      if (next !== undefined) {
        next.taken();
        yield next.message;
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
