import type { MethodName, MethodRow } from '../../generated/methods';
import { GrpcCode } from '../base/grpc-code';
import { observeAttempt } from '../interceptors/diagnostics';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import type { AttemptContext } from '../operations/invoker';
import { Beginning } from './begin';
import { exchange } from './exchange';
import { fromMetadata } from './metadata';
import { toRpcError } from './to-rpc-error';
import type { Transport } from './transport';
import { decodeResponse, encodeRequest } from './wire-format';

/**
 * One request, one answer.
 *
 * @param context of the call that this is an attempt of, if it is one
 */
export async function unary<Request, Response>(
  transport: Transport,
  method: MethodName,
  row: MethodRow<'unary', Request, Response>,
  request: DeepPartial<Request>,
  options: RpcOptions = {},
  context?: AttemptContext,
): Promise<Response> {
  const beginning = new Beginning(transport, method, options, context);
  const { stop } = beginning;
  try {
    const sent = encodeRequest(method, row.request(), request);
    const credentials = beginning.metadata();
    const metadata = credentials instanceof Promise ? await credentials : credentials;
    const taken = beginning.connection(sent.length);
    const connection = taken instanceof Promise ? await taken : taken;
    const attempt = observeAttempt(transport.identity, method, metadata);
    try {
      const { header, status, message } = await exchange({
        client: connection.client,
        intercepted: transport.intercepted,
        path: row.path,
        sent,
        metadata: attempt?.metadata ?? metadata,
        deadline: beginning.deadline,
        options,
        stop,
      });
      if (status.code !== GrpcCode.DEADLINE_EXCEEDED) connection.heard();
      if (message === undefined) throw toRpcError(status, method, transport);
      const response = decodeResponse(method, row.response(), message);
      if (context !== undefined)
        context.received = () => ({ ...(header && fromMetadata(header)), ...fromMetadata(status.metadata) });
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
