/** Where messages go: a grpc-js call, seen from its writing side. */
export interface MessageSink {
  write(bytes: Buffer, accepted: () => void): unknown;
  end(): unknown;
}

/**
 * Sends what a source yields, one message after another.
 *
 * The source is asked for a message only after the one before was accepted. grpc-js accepts what fits into the connection's
 * window plus up to 1 MiB that it keeps for sending once more, so a source runs ahead of a slow service by no more than that.
 *
 * @returns what stops it: no more is taken from the source, and the source is told so
 */
export function sendAll<Request>(
  source: Iterable<Request> | AsyncIterable<Request>,
  sink: MessageSink,
  encode: (request: Request) => Buffer,
  fail: (error: unknown) => void,
): () => void {
  let stopped = false;
  let wake = (): void => undefined;

  // Not Promise.race against one long-lived promise: that would keep something of every message until the call ends.
  const orStop = <Value>(work: Promise<Value>): Promise<Value | undefined> =>
    new Promise((resolve, reject) => {
      wake = () => resolve(undefined);
      work.then(resolve, reject);
    });

  const run = async (): Promise<void> => {
    const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    const next = async (): Promise<IteratorResult<Request> | undefined> =>
      stopped ? undefined : await orStop(Promise.resolve(iterator.next()));
    let step = await next();
    while (step !== undefined && step.done !== true) {
      try {
        const bytes = encode(step.value);
        await orStop(new Promise<void>((accepted) => void sink.write(bytes, accepted)));
      } catch (error) {
        release(iterator);
        throw error;
      }
      step = await next();
    }
    if (step === undefined) release(iterator);
    else sink.end();
  };

  run().catch(fail);
  return () => {
    stopped = true;
    wake();
  };
}

/** Lets the source clean up. Not awaited: a generator that waits for something answers only when that has come. */
function release(iterator: Iterator<unknown> | AsyncIterator<unknown>): void {
  // Inside an async function, as a `return()` may also throw at once.
  const finish = async (): Promise<unknown> => iterator.return?.();
  finish().catch(() => undefined);
}
