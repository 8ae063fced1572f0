import { type MethodKind, type MethodName, methods } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { invalidRequest } from '../base/assert';
import type { ClarifaiError } from '../base/errors';
import { nearestName } from '../base/nearest-name';
import { isFailure } from '../base/situation';
import { fromStatus, situationOf } from '../base/to-clarifai-error';
import type { RpcOptions } from '../options/rpc-options';
import type { V2Stub } from '../rpc/v2-stub';
import { messageType } from './descriptor';
import { Message } from './message';
import { MessageClass } from './message-class';
import { messageToDict } from './message-to-dict';
import { parseInto } from './parse-dict';

/** One RPC of the service, as tools see it. */
export interface RpcDescription {
  /** Its name, such as `PostInputs`. */
  readonly name: MethodName;
  /** Whether it is one request and one answer, one request and many answers, or many of both. */
  readonly kind: MethodKind;
  /** Name of the message it takes, such as `PostInputsRequest`. */
  readonly request: string;
  /** Name of the message it answers with. */
  readonly response: string;
}

/** An answer as protobuf's JSON has it. */
export interface JsonAnswer {
  /** Its fields by their names in JSON. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** What the status in it calls for, also when only some of many items failed; `undefined` for success. */
  readonly error: ClarifaiError | undefined;
}

/** What goes with a call by name. */
export interface CallByNameOptions extends RpcOptions {
  /** For requests that name no user and app of their own, where the RPC takes them. */
  readonly userAppId?: { readonly userId?: string | undefined; readonly appId?: string | undefined } | undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;
type Call = (request: unknown, options: RpcOptions) => Promise<unknown> | AsyncIterable<unknown>;

/** Every RPC, in the order of the protos. */
export function describeRpcs(): readonly RpcDescription[] {
  return (Object.keys(methods) as MethodName[]).map(describeRpc);
}

/**
 * Calls an RPC by its name, with protobuf's JSON in and out, for tools that learn only as they run which RPC is wanted. One
 * attempt; a stream of answers is cancelled by `break`.
 *
 * @param requests one for an RPC that takes one, any number for one that takes a stream
 * @throws InvalidRequestError for a name that is none, with the nearest, and for a request that does not fit, with the field
 * @example
 * for await (const { answer, error } of callByName(stub, 'ListInputs', [{ perPage: 3 }])) console.log(answer, error);
 */
export async function* callByName(
  stub: V2Stub,
  rpc: string,
  requests: Iterable<JsonObject> | AsyncIterable<JsonObject>,
  options: CallByNameOptions = {},
): AsyncGenerator<JsonAnswer, void, undefined> {
  const { userAppId, ...calling } = options;
  const { name, kind, request, response } = describeRpc(nameOf(rpc));
  // The stub's methods differ in their messages, which are made here by the tables that they are made from.
  const call = stub[name].bind(stub) as unknown as Call;
  const encoded = encode(requests, request, userAppId);
  const answers = kind === 'bidi' ? call(encoded, calling) : call(await only(encoded, name), calling);
  for await (const answer of Symbol.asyncIterator in answers ? answers : [await answers]) {
    yield toJsonAnswer(answer, response, name);
  }
}

function describeRpc(name: MethodName): RpcDescription {
  const [, request = '', response = ''] = reflection().methods[name] ?? [];
  return { name, kind: methods[name].kind, request: shortName(request), response: shortName(response) };
}

/** @throws InvalidRequestError that names the nearest */
function nameOf(rpc: string): MethodName {
  if (Object.hasOwn(methods, rpc)) return rpc as MethodName;
  const nearest = nearestName(rpc, Object.keys(methods));
  throw invalidRequest(`There is no RPC \`${rpc}\`${nearest === undefined ? '' : `: did you mean \`${nearest}\`?`}`);
}

async function* encode(
  requests: Iterable<JsonObject> | AsyncIterable<JsonObject>,
  type: string,
  userAppId: CallByNameOptions['userAppId'],
): AsyncGenerator<unknown, void, undefined> {
  const fullName = `clarifai.api.${type}`;
  const takesScope = userAppId !== undefined && messageType(fullName).byName.has('user_app_id');
  for await (const request of requests) {
    const isScoped = 'userAppId' in request || 'user_app_id' in request;
    const message = new Message(MessageClass.of(fullName), {});
    parseInto(message, takesScope && !isScoped ? { ...request, userAppId } : request, type, false);
    yield Message.bare(message);
  }
}

async function only(requests: AsyncIterable<unknown>, name: string): Promise<unknown> {
  const given: unknown[] = [];
  for await (const request of requests) given.push(request);
  if (given.length !== 1) throw invalidRequest(`Expected one request for ${name}, got ${given.length}`);
  return given[0];
}

function toJsonAnswer(answer: unknown, type: string, method: string): JsonAnswer {
  const json = messageToDict(new Message(MessageClass.of(`clarifai.api.${type}`), answer));
  const { status } = answer as { readonly status?: Status | undefined };
  const failed = status !== undefined && isFailure(situationOf(status.code));
  return { answer: json as JsonObject, error: failed ? fromStatus(status, { method }) : undefined };
}

function shortName(fullName: string): string {
  return fullName.slice('clarifai.api.'.length);
}
