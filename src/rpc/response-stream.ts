import type { CallOptions, ClientReadableStream, Metadata, StatusObject } from '@grpc/grpc-js';
import { GrpcCode } from '../base/grpc-code';
import type { RpcOptions } from '../options/rpc-options';
import type { ObservedAttempt } from '../interceptors/diagnostics';
import { fromMetadata } from './metadata';

/** What a call shape adds to a stream of answers. */
export interface StreamingCall<Call, Response> {
  /** Checks and encodes; nothing is sent yet. */
  readonly prepare: () => PreparedCall<Call>;
  readonly start: (metadata: Metadata) => ObservedAttempt;
  /** Called with the call once it is made; what it returns is called when the call has ended. */
  readonly onOpen?: (call: Call, fail: (error: unknown) => void) => () => void;
  readonly decode: (bytes: Buffer) => Response;
  readonly toError: (status: StatusObject) => Error;
}

export interface PreparedCall<Call> {
  readonly deadline: number;
  readonly metadata: () => Promise<Metadata>;
  readonly open: (metadata: Metadata, callOptions: CallOptions) => Call;
}

/** Makes the error only when the consumer gets it, so that its stack shows who was waiting. */
type Failure = () => unknown;
type Arrival = { readonly bytes: Buffer } | { readonly bytes: null; readonly failure: Failure | undefined };

/**
 * The answers of a streaming call, for one consumer. The call starts with the first `next()`. `return()`, which `break`
 * calls, cancels it at once, also while a `next()` waits: an async generator would first wait for the answer.
 */
export class ResponseStream<
  Call extends ClientReadableStream<Buffer>,
  Response,
> implements AsyncIterableIterator<Response> {
  readonly #streaming: StreamingCall<Call, Response>;
  readonly #options: RpcOptions;
  readonly #waiting: ((arrival: Arrival) => void)[] = [];
  #started = false;
  #ended = false;
  #call: Call | undefined;
  #failure: Failure | undefined;
  #attempt: ObservedAttempt | undefined;
  #cleanUp = (): void => undefined;

  constructor(streaming: StreamingCall<Call, Response>, options: RpcOptions) {
    this.#streaming = streaming;
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Response, undefined>> {
    const arrival = await new Promise<Arrival>((resolve) => {
      this.#waiting.push(resolve);
      void this.#start();
      this.#deliver();
    });
    if (arrival.bytes !== null) return { done: false, value: this.#decode(arrival.bytes) };
    if (arrival.failure !== undefined) throw arrival.failure();
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<Response, undefined>> {
    this.#started = true;
    this.#stop();
    this.#failure = undefined;
    return Promise.resolve({ done: true, value: undefined });
  }

  async #start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    try {
      const { deadline, metadata, open } = this.#streaming.prepare();
      const ready = await metadata();
      this.#options.signal?.throwIfAborted();
      if (this.#ended) return;
      this.#attempt = this.#streaming.start(ready);
      this.#listen(open(this.#attempt.metadata, { deadline }));
    } catch (error) {
      this.#stop(() => error);
    }
  }

  #listen(call: Call): void {
    this.#call = call;
    const fail = (error: unknown): void => this.#stop(() => error);
    const { signal, onHeader, onTrailer } = this.#options;
    const tell = (listener: RpcOptions['onHeader'], metadata: Metadata): void => {
      try {
        if (!this.#ended) listener?.(fromMetadata(metadata));
      } catch (error) {
        fail(error);
      }
    };
    if (onHeader !== undefined) call.on('metadata', (header: Metadata) => tell(onHeader, header));
    call.on('readable', () => this.#deliver());
    // Says nothing that `status` does not say, but would end the process if nobody listened.
    call.on('error', () => undefined);
    call.on('status', (status: StatusObject) => {
      if (onTrailer !== undefined) tell(onTrailer, status.metadata);
      this.#end(Number(status.code) === GrpcCode.OK ? 'ok' : () => this.#streaming.toError(status));
    });
    const onAbort = (): void => fail(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const onEnd = this.#streaming.onOpen?.(call, fail);
    this.#cleanUp = () => {
      signal?.removeEventListener('abort', onAbort);
      onEnd?.();
    };
  }

  #decode(bytes: Buffer): Response {
    try {
      return this.#streaming.decode(bytes);
    } catch (error) {
      this.#stop(() => error);
      this.#failure = undefined;
      throw error;
    }
  }

  /** Ends the call from this side; answers that nobody took yet are dropped. */
  #stop(failure?: Failure): void {
    const call = this.#call;
    this.#call = undefined;
    this.#end(failure ?? 'stopped');
    call?.cancel();
  }

  #end(end: Failure | 'ok' | 'stopped'): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cleanUp();
    if (typeof end === 'function') this.#failure = end;
    const aborted = end === 'stopped' || this.#options.signal?.aborted === true;
    if (end === 'ok') this.#attempt?.end('ok');
    else this.#attempt?.end(aborted ? 'aborted' : 'failed', this.#failure?.());
    this.#deliver();
  }

  /** Hands out what there is: the answers that arrived, then once the failure, then the end. */
  #deliver(): void {
    while (this.#waiting.length > 0) {
      const bytes = this.#call?.read() ?? null;
      if (bytes === null && !this.#ended) return;
      const resolve = this.#waiting.shift();
      resolve?.(bytes === null ? { bytes, failure: this.#failure } : { bytes });
      if (bytes === null) this.#failure = undefined;
    }
  }
}
