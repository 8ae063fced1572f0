import type { MethodName, MethodShape, RequestOf, ResponseOf } from '../../generated/methods';
import type { V2 } from '../../generated/proto/clarifai/api/service';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';

/** A request as a caller writes it: a plain object with the fields that matter, read-only if they like. */
export type RpcRequest<Name extends MethodName> = DeepPartial<RequestOf<Name>>;

/** One RPC as a method. */
export type RpcMethod<Name extends MethodName> = {
  unary: (request: RpcRequest<Name>, options?: RpcOptions) => Promise<ResponseOf<Name>>;
  serverStreaming: (request: RpcRequest<Name>, options?: RpcOptions) => AsyncIterable<ResponseOf<Name>>;
  bidi: (
    requests: Iterable<RpcRequest<Name>> | AsyncIterable<RpcRequest<Name>>,
    options?: RpcOptions,
  ) => AsyncIterable<ResponseOf<Name>>;
}[MethodShape<Name>['kind']];

/** Every RPC of the service. Mapped over the service's own interface, so that editors show the comments of the protos. */
export type RpcMethods = { readonly [Name in keyof V2]: RpcMethod<Name> };
