import { methods } from '../../generated/methods';
import type { MethodRow, RequestOf, ResponseOf } from '../../generated/methods';
import type {
  Attempt,
  AttemptContext,
  StreamAttempt,
  StreamMethodName,
  StreamRequests,
  UnaryMethodName,
} from '../operations/invoker';
import type { RpcOptions } from '../options/rpc-options';
import type { Codec, DeepPartial } from '../wire/codec';
import { bidi } from './bidi';
import { serverStreaming } from './server-streaming';
import type { Transport } from './transport';
import { unary } from './unary';

/** Codecs to be used in place of the RPCs' own, for answers that are not looked at in full. */
export type AnswerCodecs = { readonly [Name in UnaryMethodName]?: Codec<ResponseOf<Name>> };

/** The RPCs as the operations see them, whose calls are let in and out by `transport.enter`. */
export function toAttempt(transport: Transport, answers: AnswerCodecs = {}): Attempt {
  return <Name extends UnaryMethodName>(
    method: Name,
    request: DeepPartial<RequestOf<Name>>,
    options: RpcOptions,
    context: AttemptContext = {},
  ) => {
    // Every method with a unary name has such a row; TypeScript cannot tell by a name that is still generic.
    const row = methods[method] as unknown as MethodRow<'unary', RequestOf<Name>, ResponseOf<Name>>;
    const answer = answers[method];
    const ownRow = answer === undefined ? row : answeredAs(row, answer);
    return unary(transport, method, ownRow, request, options, context);
  };
}

function answeredAs<Request, Response>(
  row: MethodRow<'unary', Request, Response>,
  answer: Codec<Response>,
): MethodRow<'unary', Request, Response> {
  return { kind: row.kind, path: row.path, request: () => row.request(), response: () => answer };
}

type OpenStream<Name extends StreamMethodName> = (
  transport: Transport,
  method: Name,
  row: object,
  requests: StreamRequests<Name>,
  options: RpcOptions,
) => AsyncIterable<ResponseOf<Name>>;

/** The streaming RPCs as the operations see them. */
export function toStreamAttempt(transport: Transport): StreamAttempt {
  return <Name extends StreamMethodName>(method: Name, requests: StreamRequests<Name>, options: RpcOptions) => {
    const row = methods[method];
    // The row says which of the two fits it, which TypeScript cannot follow by a name that is still generic.
    const open = (row.kind === 'bidi' ? bidi : serverStreaming) as unknown as OpenStream<Name>;
    return open(transport, method, row, requests, options);
  };
}
