import { GrpcCode } from '../base/grpc-code';
import type { ReceivedMetadata } from '../base/received-metadata';
import type { RpcOptions } from '../options/rpc-options';

/** What the answer to a call that was started can be had from. */
export interface CallFuture<Answer> {
  /** The answer, once it is there. @throws as the call itself */
  result(): Promise<Answer>;
  /** Whether the call has ended, well or not. */
  done(): boolean;
  /** Ends the call; `result()` then rejects. */
  cancel(): void;
}

/** What gRPC says of a call that went well. */
export interface FinishedCall {
  /** Always OK: a call that fails rejects. */
  code(): GrpcCode;
  details(): string;
  initial_metadata(): [name: string, value: string][];
  trailing_metadata(): [name: string, value: string][];
}

/** @internal */
export type PlainCall = (
  request: unknown,
  options?: Pick<RpcOptions, 'signal' | 'onHeader' | 'onTrailer'>,
) => Promise<object>;

/** @internal Options of a call that only `with_call` gives. */
export const observers = ['onHeader', 'onTrailer'] as const;

/** @internal A call with the two other ways to make it. */
export function unaryMethod(call: PlainCall): unknown {
  return Object.assign(call, {
    future: (request: unknown, options?: object) => startCall(call, request, options),
    with_call: (request: unknown, options?: object) => callWithMetadata(call, request, options),
  });
}

function startCall(
  call: PlainCall,
  request: unknown,
  options: { readonly signal?: AbortSignal } = {},
): CallFuture<object> {
  const own = new AbortController();
  const signal = options.signal === undefined ? own.signal : AbortSignal.any([own.signal, options.signal]);
  let ended = false;
  const answer = call(request, { ...options, signal }).finally(() => (ended = true));
  // Who never asks for the result is not to hear of an unhandled rejection.
  answer.catch(() => undefined);
  return { result: () => answer, done: () => ended, cancel: () => own.abort() };
}

async function callWithMetadata(call: PlainCall, request: unknown, options?: object): Promise<[object, FinishedCall]> {
  let [initial, trailing]: [ReceivedMetadata | undefined, ReceivedMetadata | undefined] = [undefined, undefined];
  const answer = await call(request, {
    ...options,
    onHeader: (metadata) => (initial = metadata),
    onTrailer: (metadata) => (trailing = metadata),
  });
  return [
    answer,
    {
      code: () => GrpcCode.OK,
      details: () => '',
      initial_metadata: () => pairs(initial),
      trailing_metadata: () => pairs(trailing),
    },
  ];
}

function pairs(metadata: ReceivedMetadata | undefined): [string, string][] {
  return Object.entries(metadata ?? {}).map(([name, value]) => [name, String(value)]);
}
