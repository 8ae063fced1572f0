/** How a call or an attempt ended; an abort is no failure. */
export type Ending = 'ok' | 'failed' | 'aborted';

/** One call of an operation. The same object is published at its start and at its end, so that it can key a WeakMap. */
export interface CallMessage {
  /** Name of the RPC, such as `PostModelOutputs`. */
  readonly method: string;
  /** Attempts that were begun. */
  attempts: number;
  durationMs?: number;
  ending?: Ending;
  error?: unknown;
}

/** One attempt at an RPC. The same object is published at its start and at its end. */
export interface AttemptMessage {
  readonly method: string;
  /** A carrier for trace context and the like: subscribers of `attempt:start` may add to it, and it is sent. */
  readonly metadata: Record<string, string>;
  durationMs?: number;
  ending?: Ending;
  error?: unknown;
}

/** A wait before another attempt. */
export interface RetryMessage {
  readonly method: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: unknown;
}

/** One request of an operation over many inputs. */
export interface ChunkMessage {
  readonly method: string;
  readonly items: number;
  readonly bytes: number;
  readonly durationMs: number;
  readonly error?: unknown;
}

/** What became of one input. */
export interface OutcomeMessage {
  readonly method: string;
  readonly index: number;
  readonly id: string | undefined;
  readonly ok: boolean;
  readonly error?: unknown;
}

/**
 * A connection's state: `failing` after an attempt to connect that failed, until one succeeds; `retired` when it takes no new
 * call; `closed` when its last call has ended.
 */
export type ConnectionState = 'idle' | 'connecting' | 'ready' | 'failing' | 'retired' | 'closed';

/**
 * Why a connection was retired: it was old (`age`) or unused (`idle`) for too long, could not be made in time (`stuck`), or
 * said nothing while its calls came to their end (`silent`).
 */
export type RetireReason = 'age' | 'idle' | 'stuck' | 'silent';

/** A change of state of one connection. */
export interface ConnectionMessage {
  /** Number of the connection in its client, from 1. */
  readonly connection: number;
  /** `host:port` */
  readonly address: string;
  readonly state: ConnectionState;
  /** Calls on it. */
  readonly calls: number;
  /** When it is retired. */
  readonly reason?: RetireReason;
}

/** A call to a source of inputs about one of its items failed. */
export interface AckFailedMessage {
  readonly method: string;
  /** Place of the item in the source; `undefined` for one that came when the run had stopped reading. */
  readonly index: number | undefined;
  readonly call: 'ack' | 'nack' | 'extend';
  readonly error: unknown;
}
