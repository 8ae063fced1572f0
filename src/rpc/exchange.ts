import type { Client, InterceptingListener, Metadata, StatusObject } from '@grpc/grpc-js';
import { GrpcCode } from '../base/grpc-code';
import type { RpcOptions } from '../options/rpc-options';
import { fromMetadata } from './metadata';
import type { Stop } from './stop';
import { bytesAsTheyAre } from './wire-format';

/** One request, ready to be sent. */
export interface ExchangeParams {
  readonly client: Client;
  /** Whether the client has interceptors, which are called by `makeUnaryRequest` only. */
  readonly intercepted: boolean;
  readonly path: string;
  readonly sent: Buffer;
  readonly metadata: Metadata;
  /** In milliseconds since the epoch, or `Infinity`. */
  readonly deadline: number;
  readonly options: Pick<RpcOptions, 'onHeader' | 'onTrailer'>;
  readonly stop: Stop;
}

/** How the service answered. */
export interface Answer {
  readonly header: Metadata | undefined;
  readonly status: StatusObject;
  /** There is one when the status is OK. */
  readonly message: Buffer | undefined;
}

type Cancel = () => void;

/** Rejects only with what happened on this side: an abort's reason, the client's end, or an error of a callback. */
export function exchange(params: ExchangeParams): Promise<Answer> {
  const { onHeader, onTrailer } = params.options;
  return new Promise((resolve, reject) => {
    params.stop.throwIfStopped();
    let header: Metadata | undefined;
    let message: Buffer | undefined;
    let stopped = false;
    const stop = (reason: Error): void => {
      stopped = true;
      reject(reason);
      cancel();
    };
    const tell = (listener: RpcOptions['onHeader'], metadata: Metadata): void => {
      if (listener === undefined || stopped) return;
      try {
        listener(fromMetadata(metadata));
      } catch (error) {
        stop(error as Error);
      }
    };
    const cancel = (params.intercepted ? startIntercepted : start)(params, {
      onReceiveMetadata: (metadata) => tell(onHeader, (header = metadata)),
      onReceiveMessage: (bytes: Buffer) => (message = bytes),
      onReceiveStatus: (status) => {
        tell(onTrailer, status.metadata);
        resolve(toAnswer(header, status, message));
      },
    });
    params.stop.listen(stop);
  });
}

/** As grpc-js's own client makes a call, without what that does for callers and interceptors that are not there. */
function start({ client, path, sent, metadata, deadline }: ExchangeParams, listener: InterceptingListener): Cancel {
  const call = client.getChannel().createCall(path, deadline, undefined, null, undefined);
  call.start(metadata, listener);
  call.startRead();
  call.sendMessageWithContext({}, sent);
  call.halfClose();
  return () => call.cancelWithStatus(GrpcCode.CANCELLED, 'Cancelled on client');
}

function startIntercepted(
  { client, path, sent, metadata, deadline }: ExchangeParams,
  listener: InterceptingListener,
): Cancel {
  const onAnswer = (_: unknown, message?: Buffer): void => {
    if (message !== undefined) listener.onReceiveMessage(message);
  };
  const call = client.makeUnaryRequest(path, bytesAsTheyAre, bytesAsTheyAre, sent, metadata, { deadline }, onAnswer);
  call.on('metadata', (header) => listener.onReceiveMetadata(header));
  // Comes right after the callback, which does not get the trailers of a success.
  call.on('status', (status) => listener.onReceiveStatus(status));
  return () => call.cancel();
}

function toAnswer(header: Metadata | undefined, status: StatusObject, message: Buffer | undefined): Answer {
  if (status.code !== GrpcCode.OK) return { header, status, message: undefined };
  if (message !== undefined) return { header, status, message };
  const { metadata } = status;
  const none = { code: GrpcCode.UNIMPLEMENTED, details: 'No message received', metadata };
  return { header, status: none, message };
}
