/// <reference lib="esnext.disposable" preserve="true" />
// For users whose library has no Symbol.asyncDispose yet, which the types below need.

/**
 * The raw stub: every RPC of the service with the protos' own names, one attempt a call.
 *
 * @module clarifai-grpc/rpc
 */

// The protos name the messages and enums, some 750 of them; scripts/api.json lists each.
export * from '../../generated/proto/clarifai/api/resources';
export * from '../../generated/proto/clarifai/api/service';
export type { BaseResponse, RedirectInfo, Status } from '../../generated/proto/clarifai/api/status/status';
export { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
export type { Timestamp } from '../../generated/google/protobuf/timestamp';
export type { Duration } from '../../generated/google/protobuf/duration';
export type { MethodKind, MethodName, MethodNameOf, RequestOf, ResponseOf } from '../../generated/methods';
export {
  AlreadyExistsError,
  AuthenticationError,
  ClarifaiError,
  DeadlineExceededError,
  InvalidRequestError,
  NotFoundError,
  NotReadyError,
  PermissionError,
  QuotaError,
  ServerError,
  ThrottledError,
  UnavailableError,
} from '../base/errors';
export { GrpcCode } from '../base/grpc-code';
export type { ChannelOptions, CredentialOptions, StubOptions } from '../options/client-options';
export type { CloseOptions } from '../options/close-options';
export type { ConnectionOptions } from '../options/connection-options';
export type { ReceivedMetadata } from '../base/received-metadata';
export type { MetadataInit, MetadataLike, RpcOptions } from '../options/rpc-options';
export type { DeepPartial } from '../wire/codec';
export type { RpcRequest, RpcMethod, RpcMethods } from './rpc-methods';
export { statusError } from './status-error';
export { V2Stub } from './v2-stub';

// What interceptors are made of, from the copy of grpc-js that calls them.
export { InterceptingCall, ListenerBuilder, Metadata, RequesterBuilder } from '@grpc/grpc-js';
export type { Interceptor, InterceptorOptions, Listener, Requester } from '@grpc/grpc-js';
