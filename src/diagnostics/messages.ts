import type { IngestionOutcome } from '../ingestion/outcome';

/** How a call or an attempt ended; an abort is no failure. */
export type Ending = 'ok' | 'failed' | 'aborted';

/** The client that a message comes from: the same object in all of its messages, so that it can be compared. */
export interface ClientIdentity {
  /** `host:port` of the service. */
  readonly address: string;
}

/** One call of an operation. The same object is published at its start and at its end, so that it can key a WeakMap. */
export interface CallMessage {
  /** The client that made the call. */
  readonly client: ClientIdentity;
  /** Name of the RPC, such as `PostModelOutputs`. */
  readonly method: string;
  /** Attempts that were begun. */
  attempts: number;
  /** At the end: milliseconds since the start, with the waits between attempts. */
  durationMs?: number;
  /** At the end. */
  ending?: Ending;
  /** What the call rejected with, or the reason of its abort. */
  error?: unknown;
}

/** One attempt at an RPC. The same object is published at its start and at its end. */
export interface AttemptMessage {
  /** The client, or stub, that makes the attempt. */
  readonly client: ClientIdentity;
  /** Name of the RPC, such as `PostModelOutputs`. */
  readonly method: string;
  /**
   * A carrier for trace context and the like: what subscribers of `attempt:start` put into it is sent as gRPC metadata. Names
   * are in lower case; what gRPC cannot send is left out.
   */
  readonly metadata: Record<string, string>;
  /** At the end: milliseconds since it was sent. */
  durationMs?: number;
  /** At the end. An answer whose body tells of a failure is `ok` for the attempt and fails the call. */
  ending?: Ending;
  /** What the attempt failed of, or the reason of its abort. */
  error?: unknown;
}

/** A wait before another attempt. */
export interface RetryMessage {
  /** The client that made the call. */
  readonly client: ClientIdentity;
  /** Name of the RPC. */
  readonly method: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
  /** What it failed of. */
  readonly error: unknown;
}

/** One request of `ingest` or `postInputs`, answered or failed. */
export interface ChunkMessage {
  /** The client that sent it. */
  readonly client: ClientIdentity;
  /** `PostInputs`, or `PatchInputs` for inputs that are overwritten. */
  readonly method: string;
  /** Inputs in it. */
  readonly items: number;
  /** Their encoded size. */
  readonly bytes: number;
  /** Milliseconds until it was answered or failed. */
  readonly durationMs: number;
  /** What the request failed of as a whole. */
  readonly error?: unknown;
}

/** What became of one input of `ingest` or `postInputs`. */
export interface OutcomeMessage {
  /** The client that ingests. */
  readonly client: ClientIdentity;
  /** Name of the RPC, as of the chunk. */
  readonly method: string;
  /** Place in the source, from 0. */
  readonly index: number;
  /** Id of the input; `undefined` when none could be made. */
  readonly id: string | undefined;
  /** What became of it. */
  readonly kind: IngestionOutcome['kind'];
  /** Whether the app has the input by this item: `accepted` or `confirmed`. */
  readonly ok: boolean;
  /** Why it was rejected, existed already or was not sent. */
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
  /** The client whose connection it is. */
  readonly client: ClientIdentity;
  /** Number of the connection in its client, from 1. */
  readonly connection: number;
  /** What it is now. */
  readonly state: ConnectionState;
  /** Calls on it. */
  readonly calls: number;
  /** When it is retired. */
  readonly reason?: RetireReason;
}

/** A call to a source of inputs about one of its items failed. */
export interface AckFailedMessage {
  /** The client that ingests. */
  readonly client: ClientIdentity;
  /** Name of the RPC that the run makes. */
  readonly method: string;
  /** Place of the item in the source; `undefined` for one that came when the run had stopped reading. */
  readonly index: number | undefined;
  /** The function of the lease that failed. */
  readonly call: 'ack' | 'nack' | 'extend';
  /** What it threw. */
  readonly error: unknown;
}

/** The channels of `node:diagnostics_channel` that this package publishes on, and what each message is. */
export interface DiagnosticsMessages {
  /** A call begins: one of the client's operations, with all its attempts, which run in the context of stores bound to it. */
  'clarifai-grpc:call:start': CallMessage;
  /** The call is over; the message is the object of `call:start`, completed. */
  'clarifai-grpc:call:end': CallMessage;
  /** One attempt at an RPC is about to be sent; what subscribers put into `metadata` goes with it. */
  'clarifai-grpc:attempt:start': AttemptMessage;
  /** The attempt is over; the message is the object of `attempt:start`, completed. */
  'clarifai-grpc:attempt:end': AttemptMessage;
  /** An attempt failed and there will be another. */
  'clarifai-grpc:retry': RetryMessage;
  /** A chunk of inputs was answered or failed. */
  'clarifai-grpc:chunk': ChunkMessage;
  /** It is settled what became of one input. */
  'clarifai-grpc:outcome': OutcomeMessage;
  /** A connection of the client changed its state. */
  'clarifai-grpc:connection': ConnectionMessage;
  /** A source of inputs failed to acknowledge an item, to take it back or to extend its lease. */
  'clarifai-grpc:ack-failed': AckFailedMessage;
}

/** Name of one of the channels. */
export type DiagnosticsChannelName = keyof DiagnosticsMessages;
