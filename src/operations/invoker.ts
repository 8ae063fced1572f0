import type { MethodNameOf, RequestOf, ResponseOf } from '../../generated/methods';
import type { CallOptions } from '../options/call-options';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';

export type UnaryMethodName = MethodNameOf<'unary'>;

/**
 * One attempt at a unary RPC: the seam between the operations and the stub. `remainingMs`, what its call has left, bounds the
 * wait for a connection; the attempt's own `timeoutMs` begins when it has one.
 */
export type Attempt = <Name extends UnaryMethodName>(
  method: Name,
  request: DeepPartial<RequestOf<Name>>,
  options: RpcOptions,
  remainingMs?: number,
) => Promise<ResponseOf<Name>>;

/** The client as its calls see it: open until it closes. */
export interface Lifetime {
  /**
   * Lets a call in, and returns what lets it out; its attempts are made until then, also while the client drains.
   *
   * @throws InvalidRequestError when the client is closed
   */
  enter(call: { readonly abort: (error: Error) => void }): () => void;
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
