import type { MethodName, MethodRow } from '../../generated/methods';
import { GrpcCode } from '../base/grpc-code';
import { observeAttempt } from '../interceptors/diagnostics';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import { Beginning, type BeginOptions } from './begin';
import { exchange } from './exchange';
import { toRpcError } from './to-rpc-error';
import type { Transport } from './transport';
import { decodeResponse, encodeRequest } from './wire-format';

/** One request, one answer. */
export async function unary<Request, Response>(
  transport: Transport,
  method: MethodName,
  row: MethodRow<'unary', Request, Response>,
  request: DeepPartial<Request>,
  options: RpcOptions = {},
  beginOptions?: BeginOptions,
): Promise<Response> {
  const beginning = new Beginning(transport, method, options, beginOptions);
  const { stop } = beginning;
  try {
    const sent = encodeRequest(method, row.request(), request);
    const credentials = beginning.metadata();
    const metadata = credentials instanceof Promise ? await credentials : credentials;
    const taken = beginning.connection(sent.length);
    const connection = taken instanceof Promise ? await taken : taken;
    const attempt = observeAttempt(transport.identity, method, metadata);
    try {
      const { failure, received } = await exchange({
        client: connection.client,
        intercepted: transport.intercepted,
        path: row.path,
        sent,
        metadata: attempt?.metadata ?? metadata,
        deadline: beginning.deadline,
        options,
        stop,
      });
      if (failure?.code !== GrpcCode.DEADLINE_EXCEEDED) connection.heard();
      if (failure !== undefined) throw toRpcError(failure, method, transport);
      const response = decodeResponse(method, row.response(), received);
      attempt?.end('ok');
      return response;
    } catch (error) {
      attempt?.end(stop.stopped ? 'aborted' : 'failed', () => error);
      throw error;
    } finally {
      transport.pool.release(connection, sent.length);
    }
  } finally {
    stop.release();
  }
}
