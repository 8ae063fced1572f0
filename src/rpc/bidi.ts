import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { MethodName, MethodRow } from '../../generated/methods';
import { assertIterable } from '../base/assert';
import { observeAttempt } from '../interceptors/diagnostics';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import { Beginning } from './begin';
import { ResponseStream } from './response-stream';
import { sendAll } from './send-all';
import { toRpcError } from './to-rpc-error';
import { clientClosed, type Transport } from './transport';
import { bytesAsTheyAre, decodeResponse, encodeRequest } from './wire-format';

/**
 * Any number of requests and answers, each side at its own pace. An error of the source cancels the call and is what the
 * consumer gets; when the call ends early, the source's `return()` is called.
 */
export function bidi<Request, Response>(
  transport: Transport,
  method: MethodName,
  row: MethodRow<'bidi', Request, Response>,
  requests: Iterable<DeepPartial<Request>> | AsyncIterable<DeepPartial<Request>>,
  options: RpcOptions = {},
): AsyncIterable<Response> {
  return new ResponseStream<ClientDuplexStream<Buffer, Buffer>, Response>(
    {
      transport,
      unread: clientClosed,
      prepare: (onDrain) => {
        assertIterable(requests, 'requests');
        return {
          beginning: new Beginning(transport, method, options, undefined, onDrain),
          requestBytes: 0,
          open: (client, metadata, callOptions) =>
            client.makeBidiStreamRequest(row.path, bytesAsTheyAre, bytesAsTheyAre, metadata, callOptions),
        };
      },
      onOpen: (call, fail) => sendAll(requests, call, (request) => encodeRequest(method, row.request(), request), fail),
      start: (metadata) => observeAttempt(transport.identity, method, metadata),
      decode: (bytes) => decodeResponse(method, row.response(), bytes),
      toError: (status) => toRpcError(status, method, transport),
    },
    options,
  );
}
