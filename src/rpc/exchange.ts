import type { Client, InterceptingListener, Metadata, StatusObject } from '@grpc/grpc-js';
import { GrpcCode } from '../base/grpc-code';
import type { RpcOptions } from '../options/rpc-options';
import { cancelForGood } from './cancel';
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
  return new Promise((resolve, reject) => {
    params.stop.throwIfStopped();
    new Exchange(params, resolve, reject).start();
  });
}

/** One call: an object in place of a closure for each event, as thousands may be in flight. */
class Exchange implements InterceptingListener {
  readonly #params: ExchangeParams;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (reason: Error) => void;
  #cancel: Cancel | undefined;
  #header: Metadata | undefined;
  #message: Buffer | undefined;
  #stopped = false;

  constructor(params: ExchangeParams, resolve: (answer: Answer) => void, reject: (reason: Error) => void) {
    this.#params = params;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    const { intercepted, stop } = this.#params;
    this.#cancel = (intercepted ? startIntercepted : start)(this.#params, this);
    stop.listen((reason) => this.#stop(reason));
  }

  onReceiveMetadata(header: Metadata): void {
    this.#header = header;
    this.#tell(this.#params.options.onHeader, header);
  }

  onReceiveMessage(message: Buffer): void {
    this.#message = message;
  }

  onReceiveStatus(status: StatusObject): void {
    this.#tell(this.#params.options.onTrailer, status.metadata);
    this.#resolve(toAnswer(this.#header, status, this.#message));
  }

  #tell(listener: RpcOptions['onHeader'], metadata: Metadata): void {
    if (listener === undefined || this.#stopped) return;
    try {
      listener(fromMetadata(metadata));
    } catch (error) {
      this.#stop(error as Error);
    }
  }

  #stop(reason: Error): void {
    this.#stopped = true;
    this.#reject(reason);
    if (this.#cancel !== undefined) cancelForGood(this.#cancel);
  }
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
