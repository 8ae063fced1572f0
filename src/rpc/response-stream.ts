import type { CallOptions, Client, ClientReadableStream, Metadata, StatusObject } from '@grpc/grpc-js';
import type { Timer } from '../base/clock';
import { GrpcCode } from '../base/grpc-code';
import type { Connection } from '../channel/connection';
import type { RpcOptions } from '../options/rpc-options';
import type { ObservedAttempt } from '../interceptors/diagnostics';
import type { Beginning } from './begin';
import { cancelForGood } from './cancel';
import { fromMetadata } from './metadata';
import type { Stop } from './stop';
import type { Transport } from './transport';

/** While the client drains, a stream whose next answer nobody asked for in this time is given up: its reader has gone. */
export const unreadStreamMs = 5000;

/** What a call shape adds to a stream of answers. */
export interface StreamingCall<Call, Response> {
  readonly transport: Transport;
  /** Checks and encodes; nothing is sent yet. */
  readonly prepare: (onDrain: () => void) => PreparedCall<Call>;
  readonly start: (metadata: Metadata) => ObservedAttempt | undefined;
  /** Called with the call once it is made; what it returns is called when the call has ended. */
  readonly onOpen?: (call: Call, fail: (error: unknown) => void) => () => void;
  readonly decode: (bytes: Buffer) => Response;
  readonly toError: (status: StatusObject) => Error;
  /** The error for who comes back to a stream that was given up. */
  readonly unread: () => Error;
}

export interface PreparedCall<Call> {
  readonly beginning: Beginning;
  /** Of what is sent at once. */
  readonly requestBytes: number;
  readonly open: (client: Client, metadata: Metadata, callOptions: CallOptions) => Call;
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
  #draining = false;
  #ended = false;
  #call: Call | undefined;
  #ending: Stop | undefined;
  #unread: Timer | undefined;
  #failure: Failure | undefined;
  #attempt: ObservedAttempt | undefined;
  #releaseConnection = (): void => undefined;
  #cleanUp = (): void => undefined;

  constructor(streaming: StreamingCall<Call, Response>, options: RpcOptions) {
    this.#streaming = streaming;
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Response, undefined>> {
    this.#unread?.cancel();
    const arrival = await new Promise<Arrival>((resolve) => {
      this.#waiting.push(resolve);
      void this.#start();
      this.#deliver();
    });
    this.#watch();
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
      const { beginning, requestBytes, open } = this.#streaming.prepare(() => this.#drain());
      const { stop } = beginning;
      this.#ending = stop;
      const metadata = await beginning.metadata();
      stop.throwIfStopped();
      if (this.#ended) return;
      const connection = await this.#connect(beginning, requestBytes);
      stop.throwIfStopped();
      if (this.#ended) return;
      this.#attempt = this.#streaming.start(metadata);
      const sent = this.#attempt?.metadata ?? metadata;
      this.#listen(open(connection.client, sent, { deadline: beginning.deadline }), connection, stop);
    } catch (error) {
      this.#stop(() => error);
    }
  }

  async #connect(beginning: Beginning, requestBytes: number): Promise<Connection> {
    const connection = await beginning.connection(requestBytes);
    const release = (): void => this.#streaming.transport.pool.release(connection, requestBytes);
    if (this.#ended) release();
    else this.#releaseConnection = release;
    return connection;
  }

  #listen(call: Call, connection: Connection, stop: Stop): void {
    this.#call = call;
    const fail = (error: unknown): void => this.#stop(() => error);
    const { onHeader, onTrailer } = this.#options;
    const tell = (listener: RpcOptions['onHeader'], metadata: Metadata): void => {
      try {
        if (!this.#ended) listener?.(fromMetadata(metadata));
      } catch (error) {
        fail(error);
      }
    };
    if (onHeader !== undefined) call.on('metadata', (header: Metadata) => tell(onHeader, header));
    call.on('readable', () => {
      connection.heard();
      this.#deliver();
    });
    // Says nothing that `status` does not say, but would end the process if nobody listened.
    call.on('error', () => undefined);
    call.on('status', (status: StatusObject) => {
      if (onTrailer !== undefined) tell(onTrailer, status.metadata);
      if (status.code !== GrpcCode.DEADLINE_EXCEEDED) connection.heard();
      this.#end(status.code === GrpcCode.OK ? 'ok' : () => this.#streaming.toError(status));
    });
    stop.listen(fail);
    this.#cleanUp = this.#streaming.onOpen?.(call, fail) ?? this.#cleanUp;
  }

  #drain(): void {
    this.#draining = true;
    this.#watch();
  }

  #watch(): void {
    this.#unread?.cancel();
    if (!this.#draining || this.#ended || this.#waiting.length > 0) return;
    this.#unread = this.#streaming.transport.clock.setTimer(() => this.#stop(this.#streaming.unread), unreadStreamMs);
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
    // What it still waits for, before it is made, is not needed any more.
    if (call === undefined && failure === undefined) this.#ending?.abort(undefined);
    this.#end(failure ?? 'stopped');
    if (call !== undefined) cancelForGood(() => call.cancel());
  }

  #end(end: Failure | 'ok' | 'stopped'): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#unread?.cancel();
    this.#cleanUp();
    if (typeof end === 'function') this.#failure = once(end);
    const aborted = end === 'stopped' || this.#ending?.stopped === true;
    if (end === 'ok') this.#attempt?.end('ok');
    else this.#attempt?.end(aborted ? 'aborted' : 'failed', () => this.#failure?.());
    this.#releaseConnection();
    this.#ending?.release();
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

/** The same error for the observers as for the consumer. */
function once(make: Failure): Failure {
  let made: { readonly error: unknown } | undefined;
  return () => (made ??= { error: make() }).error;
}
