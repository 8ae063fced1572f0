import type { CallOptions, Client, Metadata, ServiceError } from '@grpc/grpc-js';
import type { MethodName, MethodRow } from '../../generated/methods';
import { throwIfAborted } from '../base/abort';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import { begin } from './begin';
import { fromMetadata } from './metadata';
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
): Promise<Response> {
  const { deadline, metadata } = begin(transport, method, options);
  const sent = encodeRequest(method, row.request(), request);
  const attempt = transport.start(method, await metadata());
  try {
    const { failure, received } = await exchange(
      transport.client,
      row.path,
      sent,
      attempt.metadata,
      { deadline },
      options,
    );
    if (failure !== null) throw toRpcError(failure, method, transport);
    const response = decodeResponse(method, row.response(), received);
    attempt.end('ok');
    return response;
  } catch (error) {
    attempt.end(options.signal?.aborted === true ? 'aborted' : 'failed', error);
    throw error;
  }
}

type Answer =
  | { readonly failure: ServiceError; readonly received: undefined }
  | { readonly failure: null; readonly received: Buffer };

/** Rejects only with what the caller did: an abort's reason, or an error of a callback. */
function exchange(
  client: Client,
  path: string,
  sent: Buffer,
  metadata: Metadata,
  callOptions: CallOptions,
  { signal, onHeader, onTrailer }: RpcOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
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
    const onAbort = (): void => stop(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (onHeader !== undefined) call.on('metadata', (header) => orStop(() => onHeader(fromMetadata(header))));
    // Comes right after the callback, which does not get the trailers of a success.
    call.on('status', (status) => {
      signal?.removeEventListener('abort', onAbort);
      if (onTrailer !== undefined && !stopped) orStop(() => onTrailer(fromMetadata(status.metadata)));
      if (answer !== undefined) resolve(answer);
    });
  });
}
