import type { MethodNameOf, MethodShape, RequestOf, ResponseOf } from '../../generated/methods';
import type { ReceivedMetadata } from '../base/received-metadata';
import type { CallOptions } from '../options/call-options';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';

export type UnaryMethodName = MethodNameOf<'unary'>;

/** What an attempt is told of its call, and tells it. */
export interface AttemptContext {
  /**
   * What the call has left. It bounds the wait for a connection, and the attempt's own `timeoutMs` begins when it has one.
   * @default `timeoutMs` bounds both
   */
  readonly remainingMs?: number | undefined;
  /** Put here by an attempt that was answered: the metadata that came with the answer. */
  received?: () => ReceivedMetadata;
}

/** One attempt at a unary RPC: the seam between the operations and the stub. */
export type Attempt = <Name extends UnaryMethodName>(
  method: Name,
  request: DeepPartial<RequestOf<Name>>,
  options: RpcOptions,
  context?: AttemptContext,
) => Promise<ResponseOf<Name>>;

export interface Abortable {
  abort(error: Error): void;
}

/** The client as its calls see it: open until it closes. */
export interface Lifetime {
  /**
   * Lets a call in; its attempts are made until it leaves, also while the client drains.
   *
   * @throws InvalidRequestError when the client is closed
   */
  enter(call: Abortable): void;
  /** Lets it out; may be called again. */
  leave(call: Abortable): void;
}

/** What an operation knows about its call beyond what the caller asked for. */
export interface InvokeOptions extends CallOptions {
  /** Encoded size of the request when it is known; the attempt's default deadline grows with it. */
  readonly requestBytes?: number | undefined;
  /**
   * Whether sending the request twice does no more than sending it once, for RPCs whose HTTP verb does not say so.
   * PostInputs is idempotent when every input carries an id.
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Also resolve with MIXED_STATUS and FAILURE answers that carry the items' own statuses; `items` names the list.
   */
  readonly partial?: { readonly items: string } | undefined;
  /** Called before each attempt with its number, from 1. */
  readonly onAttempt?: ((attempt: number) => void) | undefined;
}

/** A unary call with deadline, retries and the body's status unwrapped: resolves with a successful answer or rejects with a ClarifaiError. */
export type Invoke = <Name extends UnaryMethodName>(
  method: Name,
  request: DeepPartial<RequestOf<Name>>,
  options?: InvokeOptions,
) => Promise<ResponseOf<Name>>;

export type StreamMethodName = MethodNameOf<'serverStreaming' | 'bidi'>;

/** What a streaming RPC takes: one request, or a stream of them. */
export type StreamRequests<Name extends StreamMethodName> = MethodShape<Name>['kind'] extends 'bidi'
  ? Iterable<DeepPartial<RequestOf<Name>>> | AsyncIterable<DeepPartial<RequestOf<Name>>>
  : DeepPartial<RequestOf<Name>>;

/** One attempt at a streaming RPC, which starts when its answers are first asked for. */
export type StreamAttempt = <Name extends StreamMethodName>(
  method: Name,
  requests: StreamRequests<Name>,
  options: RpcOptions,
) => AsyncIterable<ResponseOf<Name>>;

/** How a stream of answers is read. */
export interface StreamOptions extends Omit<CallOptions, 'timeoutMs' | 'attemptTimeoutMs'> {
  /** Milliseconds for the whole stream. @default none: a stream may go on as long as answers come */
  readonly timeoutMs?: number | null | undefined;
  /**
   * Milliseconds that the next answer may take; `null` waits for ever.
   * @default 120000 (2 min)
   */
  readonly idleTimeoutMs?: number | null | undefined;
}

export interface InvokeStreamOptions extends StreamOptions, Pick<InvokeOptions, 'idempotent' | 'partial'> {}

/**
 * A streaming call with deadline, retries until the first answer, and each answer's status unwrapped. A stream of requests is
 * read once; 16 that were read are sent again when an attempt fails before its first answer, and with more there is no other
 * attempt. `break` cancels the call.
 */
export type InvokeStream = <Name extends StreamMethodName>(
  method: Name,
  requests: StreamRequests<Name>,
  options?: InvokeStreamOptions,
) => AsyncIterable<ResponseOf<Name>>;
