import type { ReceivedMetadata } from '../base/received-metadata';

/** gRPC metadata in the forms that callers have it: pairs as in Python, a plain object, or a grpc-js `Metadata`. */
export type MetadataInit =
  | readonly (readonly [name: string, value: string | Uint8Array])[]
  | Readonly<Record<string, string | Uint8Array | readonly (string | Uint8Array)[]>>
  | MetadataLike;

/** The part of grpc-js's `Metadata` that is read; a copy of grpc-js other than ours will do. */
export interface MetadataLike {
  /** The first value of each name. */
  readonly getMap: () => Record<string, string | Uint8Array>;
  /** Every value, as HTTP/2 sends it; binary ones in base64. */
  readonly toHttp2Headers: () => Record<string, unknown>;
}

/** What one call of the raw stub takes: one attempt, no retry. */
export interface RpcOptions {
  /** Cancels the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds until the call fails with a DeadlineExceededError.
   * @default none, as with every gRPC stub
   */
  readonly timeoutMs?: number | undefined;
  /** Sent with the call. An `authorization` here replaces the stub's credential. */
  readonly metadata?: MetadataInit | undefined;
  /** Called once with the service's initial metadata. */
  readonly onHeader?: ((metadata: ReceivedMetadata) => void) | undefined;
  /** Called once with the service's trailing metadata. */
  readonly onTrailer?: ((metadata: ReceivedMetadata) => void) | undefined;
}
