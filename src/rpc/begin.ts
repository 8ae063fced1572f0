import type { Metadata } from '@grpc/grpc-js';
import { throwIfAborted } from '../base/abort';
import { assertDurationMs, assertFunction, assertObject, assertSignal } from '../base/assert';
import { systemClock } from '../base/clock';
import type { Connection } from '../channel/connection';
import type { AttemptContext } from '../operations/invoker';
import type { RpcOptions } from '../options/rpc-options';
import { toMetadata } from './metadata';
import { Stop } from './stop';
import type { Transport } from './transport';
import { lateBeforeSending, waitFor } from './waiting';

const optionNames: readonly (keyof RpcOptions)[] = ['signal', 'timeoutMs', 'metadata', 'onHeader', 'onTrailer'];

/** A call that may start: nothing about it is wrong yet and nothing has been sent. */
export class Beginning {
  /** To be released when the call has ended, also when it ends before it is made. */
  readonly stop: Stop;
  readonly #transport: Transport;
  readonly #method: string;
  readonly #own: Metadata | undefined;
  readonly #timeoutMs: number;
  readonly #attemptOfCall: boolean;
  /** When it is over, in milliseconds since the epoch, or `Infinity`. */
  readonly #deadline: number;

  /**
   * @param call that it is an attempt of, if it is one; when that says what it has left, `timeoutMs` counts from when the attempt
   * has a connection, otherwise from the start
   * @param drain told when the client waits for the call's end
   */
  constructor(transport: Transport, method: string, options: RpcOptions, call?: AttemptContext, drain?: () => void) {
    assertRpcOptions(options);
    const { signal, metadata, timeoutMs = Infinity } = options;
    const remainingMs = call?.remainingMs;
    this.#transport = transport;
    this.#method = method;
    this.#own = metadata === undefined ? undefined : toMetadata(metadata);
    this.#timeoutMs = timeoutMs;
    this.#attemptOfCall = remainingMs !== undefined;
    this.#deadline = afterMs(remainingMs ?? timeoutMs);
    throwIfAborted(signal);
    this.stop = new Stop(transport, { signal, continued: call !== undefined, drain });
  }

  /** Asks for the credential, no longer than the attempt may take. */
  metadata(): Metadata | Promise<Metadata> {
    const metadata = this.#transport.metadata(this.#method, this.#own);
    if (!(metadata instanceof Promise)) return metadata;
    const start = (resolve: (value: Metadata) => void, reject: (error: Error) => void): (() => void) => {
      metadata.then(resolve, reject);
      return () => undefined;
    };
    return this.#waitFor(start, this.#timeoutMs, '`token()` did not answer');
  }

  /** Takes a connection, which is to be released when the call has ended; waits when all are full. */
  connection(requestBytes: number): Connection | Promise<Connection> {
    const { pool } = this.#transport;
    return (
      pool.take(requestBytes) ??
      this.#waitFor(
        (granted) => pool.wait(requestBytes, granted),
        this.#deadline === Infinity ? Infinity : Math.max(0, this.#deadline - systemClock.now()),
        'no connection had room for another call (`connections`)',
      )
    );
  }

  /** When the call that is made now is over, in milliseconds since the epoch, or `Infinity`. */
  get deadline(): number {
    return this.#attemptOfCall ? Math.min(this.#deadline, afterMs(this.#timeoutMs)) : this.#deadline;
  }

  #waitFor<Value>(start: Parameters<typeof waitFor<Value>>[0], timeoutMs: number, what: string): Promise<Value> {
    return waitFor(start, { timeoutMs, stop: this.stop, late: () => lateBeforeSending(this.#method, what) });
  }
}

function afterMs(ms: number): number {
  return ms === Infinity ? Infinity : systemClock.now() + ms;
}

function assertRpcOptions(options: RpcOptions): void {
  assertObject(options, 'options', optionNames, { hideValue: true });
  const { signal, timeoutMs, onHeader, onTrailer } = options;
  if (signal !== undefined) assertSignal(signal, 'signal');
  if (timeoutMs !== undefined) assertDurationMs(timeoutMs, 'timeoutMs');
  if (onHeader !== undefined) assertFunction(onHeader, 'onHeader');
  if (onTrailer !== undefined) assertFunction(onTrailer, 'onTrailer');
}
