import type { CallOptions, Client, Metadata, ServiceError } from '@grpc/grpc-js';
import type { MethodName, MethodRow } from '../../generated/methods';
import { GrpcCode } from '../base/grpc-code';
import { observeAttempt } from '../interceptors/diagnostics';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import { Beginning, type BeginOptions } from './begin';
import { fromMetadata } from './metadata';
import type { Stop } from './stop';
import { toRpcError } from './to-rpc-error';
import type { Transport } from './transport';
import { bytesAsTheyAre, decodeResponse, encodeRequest } from './wire-format';

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
    const metadata = await beginning.metadata();
    const taken = beginning.connection(sent.length);
    const connection = taken instanceof Promise ? await taken : taken;
    const attempt = observeAttempt(transport.identity, method, metadata);
    try {
      const callOptions = beginning.callOptions();
      const exchanged = exchange(
        connection.client,
        row.path,
        sent,
        attempt?.metadata ?? metadata,
        callOptions,
        options,
        stop,
      );
      const { failure, received } = await exchanged;
      if (failure?.code !== GrpcCode.DEADLINE_EXCEEDED) connection.heard();
      if (failure !== null) throw toRpcError(failure, method, transport);
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

type Answer =
  | { readonly failure: ServiceError; readonly received: undefined }
  | { readonly failure: null; readonly received: Buffer };

/** Rejects only with what happened on this side: an abort's reason, the client's end, or an error of a callback. */
function exchange(
  client: Client,
  path: string,
  sent: Buffer,
  metadata: Metadata,
  callOptions: CallOptions,
  { onHeader, onTrailer }: RpcOptions,
  ending: Stop,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ending.throwIfStopped();
    let answer: Answer | undefined;
    let stopped = false;
    const call = client.makeUnaryRequest(
      path,
      bytesAsTheyAre,
      bytesAsTheyAre,
      sent,
      metadata,
      callOptions,
      (error, bytes) => {
        answer =
          error === null ? { failure: null, received: bytes as Buffer } : { failure: error, received: undefined };
      },
    );
    const stop = (reason: Error): void => {
      stopped = true;
      reject(reason);
      call.cancel();
    };
    const orStop = (action: () => void): void => {
      try {
        action();
      } catch (error) {
        stop(error as Error);
      }
    };
    ending.listen(stop);
    if (onHeader !== undefined) call.on('metadata', (header) => orStop(() => onHeader(fromMetadata(header))));
    // Comes right after the callback, which does not get the trailers of a success.
    call.on('status', (status) => {
      if (onTrailer !== undefined && !stopped) orStop(() => onTrailer(fromMetadata(status.metadata)));
      if (answer !== undefined) resolve(answer);
    });
  });
}
