import { maxInputsPerRequest, maxRequestBytes } from '../base/limits';
import type { InputLike, InputsLike } from '../inputs/input-like';
import { type PreparedInput, prepareInputs } from '../inputs/prepare-inputs';
import type { BuiltInput } from '../inputs/to-input';
import { chunk } from '../operations/chunk';
import type { Invoke } from '../operations/invoker';
import { mapConcurrent } from '../operations/map-concurrent';
import { type Scope, toUserAppId } from '../operations/scope';
import type { CallOptions } from '../options/call-options';
import type { IngestionOutcome } from './outcome';
import { sendChunk, type SendableInput } from './send-chunk';
import { Stoppable } from './stoppable';

export interface PipelineOptions {
  readonly invoke: Invoke;
  readonly scope: Scope;
  /** Gives an input that was built the id it gets when it has none. */
  readonly withId: (built: BuiltInput) => BuiltInput;
  readonly concurrency: number;
  readonly chunkBytes: number;
  readonly callOptions: CallOptions;
}

/**
 * source -> prepare -> pack -> send -> outcomes, pulled from the end: the source is read only as fast as chunks are
 * answered. Iterating never throws: a failure stops the source, and whatever had been read still gets its outcome.
 */
export class Pipeline implements AsyncIterable<readonly IngestionOutcome[]> {
  /** Items read, chunks answered, and the encoded bytes of the inputs in them. */
  readonly counts: { read: number; chunks: number; bytes: number } = { read: 0, chunks: 0, bytes: 0 };
  readonly #options: PipelineOptions;
  readonly #source: Stoppable<InputLike>;
  readonly #abort = new AbortController();
  #failure: { readonly reason: unknown } | undefined;

  constructor(source: InputsLike, options: PipelineOptions) {
    this.#options = options;
    this.#source = new Stoppable(source);
  }

  /** Why the run failed, once it has. */
  get failure(): { readonly reason: unknown } | undefined {
    return this.#failure;
  }

  /** Ends reading; what was read goes on to its outcome. */
  stop(): void {
    this.#source.stop();
  }

  /** Ends reading and cancels what is under way; inputs without an answer become `unsent`. */
  abort(reason: unknown): void {
    this.#source.stop();
    this.#abort.abort(reason);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly IngestionOutcome[], void, undefined> {
    const { concurrency, chunkBytes, callOptions } = this.#options;
    const { signal } = callOptions;
    const onAbort = (): void => this.#fail(signal?.reason);
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort);
    try {
      const chunks = chunk(this.#prepared(), {
        maxItems: maxInputsPerRequest,
        maxBytes: maxRequestBytes,
        targetBytes: chunkBytes,
        sizeOf: (input) => (input.ok ? input.encodedBytes : 0),
        isSolitary: (input) => input.ok && input.isVideo,
      });
      yield* mapConcurrent(chunks, (inputs) => this.#outcomesOf(inputs), { concurrency });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.abort(reason);
  }

  async *#prepared(): AsyncGenerator<PreparedInput, void, undefined> {
    try {
      for await (const input of prepareInputs(this.#source, this.#options.withId)) {
        this.counts.read++;
        yield input;
      }
    } catch (reason) {
      // The source failed: what it gave before is still sent.
      this.#failure ??= { reason };
    }
  }

  async #outcomesOf(inputs: readonly PreparedInput[]): Promise<readonly IngestionOutcome[]> {
    const sent = await this.#send(inputs.filter((input): input is SendableInput => input.ok));
    let next = 0;
    return inputs.map((input) =>
      input.ok
        ? (sent[next++] as IngestionOutcome)
        : { index: input.index, id: input.id, kind: 'rejected', error: input.error },
    );
  }

  async #send(inputs: readonly SendableInput[]): Promise<readonly IngestionOutcome[]> {
    const { invoke, scope, callOptions } = this.#options;
    const { signal } = this.#abort;
    try {
      signal.throwIfAborted();
      const outcomes = await sendChunk(invoke, toUserAppId(scope), inputs, { ...callOptions, signal });
      if (inputs.length > 0) this.counts.chunks++;
      this.counts.bytes += inputs.reduce((sum, input) => sum + input.encodedBytes, 0);
      return outcomes;
    } catch (reason) {
      if (!signal.aborted) this.#fail(reason);
      return inputs.map(({ index, id }) => ({ index, id, kind: 'unsent', reason }));
    }
  }
}
