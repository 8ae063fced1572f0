import type { ClientReadableStream } from '@grpc/grpc-js';
import type { MethodName, MethodRow } from '../../generated/methods';
import { observeAttempt } from '../interceptors/diagnostics';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import { Beginning } from './begin';
import { ResponseStream } from './response-stream';
import { toRpcError } from './to-rpc-error';
import { clientClosed, type Transport } from './transport';
import { bytesAsTheyAre, decodeResponse, encodeRequest } from './wire-format';

/** One request, any number of answers. At most 16 answers are taken from the connection before the consumer asks for them. */
export function serverStreaming<Request, Response>(
  transport: Transport,
  method: MethodName,
  row: MethodRow<'serverStreaming', Request, Response>,
  request: DeepPartial<Request>,
  options: RpcOptions = {},
): AsyncIterable<Response> {
  return new ResponseStream<ClientReadableStream<Buffer>, Response>(
    {
      transport,
      unread: clientClosed,
      prepare: (onDrain) => {
        const sent = encodeRequest(method, row.request(), request);
        return {
          beginning: new Beginning(transport, method, options, undefined, onDrain),
          requestBytes: sent.length,
          open: (client, metadata, callOptions) =>
            client.makeServerStreamRequest(row.path, bytesAsTheyAre, bytesAsTheyAre, sent, metadata, callOptions),
        };
      },
      start: (metadata) => observeAttempt(transport.identity, method, metadata),
      decode: (bytes) => decodeResponse(method, row.response(), bytes),
      toError: (status) => toRpcError(status, method, transport),
    },
    options,
  );
}
