import { type MethodName, type MethodShape, methods } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import { assertObject, invalidArgument } from '../base/assert';
import type { MetadataInit, RpcOptions } from '../options/rpc-options';
import type { RpcMethods } from '../rpc/rpc-methods';
import type { V2Stub as RpcStub } from '../rpc/v2-stub';
import { Channel } from './channel';
import { Message as MessageObject } from './message';
import { MessageClass } from './message-class';
import { type CallFuture, type FinishedCall, observers, type PlainCall, unaryMethod } from './unary-method';
import type { Message, MessageInit } from './types';

/** What goes with one call, by the names that Python has for it. */
export interface CallArguments {
  /** `[["authorization", "Key " + PAT]]` */
  readonly metadata?: MetadataInit | readonly (readonly (string | Uint8Array)[])[] | undefined;
  /** Seconds, as in Python, until the call fails with a DeadlineExceededError. @default none */
  readonly timeout?: number | undefined;
  /** Cancels the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Taken and passed over, as it changes nothing of what is sent: a call waits for its connection anyway. */
  readonly wait_for_ready?: boolean | undefined;
  /** Taken and passed over: requests are sent as they are. */
  readonly compression?: unknown;
}

type Request<Name extends MethodName> =
  Message<MethodShape<Name>['request']> | MessageInit<MethodShape<Name>['request']>;
type Response<Name extends MethodName> = Message<MethodShape<Name>['response']>;

/** One RPC with one request and one answer: called as it is, or in the two other ways that Python has. */
export interface UnaryMethod<Asked, Answer> {
  (request: Asked, options?: CallArguments): Promise<Answer>;
  /** Starts the call, and gives what its answer can be had from. */
  future(request: Asked, options?: CallArguments): CallFuture<Answer>;
  /** The answer, and what gRPC says of the call. */
  with_call(request: Asked, options?: CallArguments): Promise<[answer: Answer, call: FinishedCall]>;
}

/** One RPC as a method of the stub. */
export type StubMethod<Name extends MethodName> = {
  unary: UnaryMethod<Request<Name>, Response<Name>>;
  serverStreaming: (request: Request<Name>, options?: CallArguments) => AsyncIterable<Response<Name>>;
  bidi: (
    requests: Iterable<Request<Name>> | AsyncIterable<Request<Name>>,
    options?: CallArguments,
  ) => AsyncIterable<Response<Name>>;
}[MethodShape<Name>['kind']];

/** Every RPC of the service. Mapped over those of the raw stub, so that editors show the comments of the protos. */
export type V2Stub = { readonly [Name in keyof RpcMethods]: StubMethod<Name> };

/** Makes a stub, with or without `new`. */
export interface V2StubConstructor {
  (channel: Channel): V2Stub;
  new (channel: Channel): V2Stub;
}

type Call = (request: unknown, options: RpcOptions) => unknown;

function makeStub(channel: Channel): V2Stub {
  if (!(channel instanceof Channel)) throw invalidArgument('channel', 'what ClarifaiChannel makes', channel);
  const calls = Object.keys(methods).map((name) => [name, withVariants(name as MethodName, channel)]);
  return Object.fromEntries(calls) as V2Stub;
}

function withVariants(name: MethodName, { stub }: Channel): unknown {
  const call = callOf(stub, name);
  return methods[name].kind === 'unary' ? unaryMethod(call as PlainCall) : call;
}

function callOf(stub: RpcStub, name: MethodName): (request: unknown, options?: CallArguments) => unknown {
  const { kind } = methods[name];
  // The stub's methods differ in their messages, which are objects of our own making here.
  const call = stub[name].bind(stub) as unknown as Call;
  return (request, options) => {
    const [, requestType, responseType] = reflection().methods[name] ?? ['', '', ''];
    const encode = (message: unknown): unknown => bare(requestType, message);
    const decode = (response: unknown): object => MessageClass.of(responseType).create(response);
    if (kind === 'unary')
      return callUnary(() => call(encode(request), rpcOptions(options)) as Promise<unknown>, decode);
    const sent = kind === 'bidi' ? map(request as Iterable<unknown>, encode) : encode(request);
    return map(call(sent, rpcOptions(options)) as AsyncIterable<unknown>, decode);
  };
}

// Async, so that a mistake in the request rejects, too.
async function callUnary(call: () => Promise<unknown>, decode: (response: unknown) => object): Promise<object> {
  return decode(await call());
}

async function* map(
  source: Iterable<unknown> | AsyncIterable<unknown>,
  convert: (item: unknown) => unknown,
): AsyncGenerator<unknown> {
  for await (const item of source) yield convert(item);
}

function bare(typeName: string, message: unknown): unknown {
  const ofClass = MessageClass.of(typeName);
  const given = MessageObject.of(message);
  const fits = given !== undefined && MessageObject.type(given) === ofClass.type;
  return MessageObject.bare(fits ? given : ofClass.from(message, 'request'));
}

function rpcOptions(options: CallArguments & Pick<RpcOptions, 'onHeader' | 'onTrailer'> = {}): RpcOptions {
  assertObject(options, 'options', ['metadata', 'timeout', 'signal', 'wait_for_ready', 'compression', ...observers]);
  const { metadata, timeout, signal, onHeader, onTrailer } = options;
  // That each pair is one is checked with the metadata.
  return {
    metadata: metadata as MetadataInit | undefined,
    signal,
    onHeader,
    onTrailer,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
  };
}

/** `service_pb2_grpc.V2Stub(channel)`: every RPC under its name. */
export const service_pb2_grpc: { readonly V2Stub: V2StubConstructor } = {
  V2Stub: function V2Stub(channel: Channel): V2Stub {
    return makeStub(channel);
  } as unknown as V2StubConstructor,
};
