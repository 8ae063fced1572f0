import type { Metadata } from '@grpc/grpc-js';
import { throwIfAborted } from '../base/abort';
import { assertDurationMs, assertFunction, assertObject, assertSignal } from '../base/assert';
import { systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import type { RpcOptions } from '../options/rpc-options';
import { toMetadata } from './metadata';
import { Stop, type Underway } from './stop';
import type { Transport } from './transport';

/** A call that may start: nothing about it is wrong yet and nothing has been sent. */
export interface Beginning {
  /** Milliseconds since the epoch, or `Infinity`. */
  readonly deadline: number;
  /** Asks for the credential, no longer than the call may take. */
  readonly metadata: () => Promise<Metadata>;
  /** To be released when the call has ended, also when it ends before it is made. */
  readonly stop: Stop;
}

export interface BeginOptions {
  /** Whether it belongs to a call that is under way. */
  readonly continued?: boolean | undefined;
  /** Told when the client waits for the call's end. */
  readonly onDrain?: (() => void) | undefined;
}

const optionNames: readonly (keyof RpcOptions)[] = ['signal', 'timeoutMs', 'metadata', 'onHeader', 'onTrailer'];

export function begin(
  transport: Transport,
  method: string,
  options: RpcOptions,
  { continued, onDrain }: BeginOptions = {},
): Beginning {
  assertObject(options, 'options', optionNames, { hideValue: true });
  const { signal, timeoutMs } = options;
  if (signal !== undefined) assertSignal(signal, 'signal');
  if (timeoutMs !== undefined) assertDurationMs(timeoutMs, 'timeoutMs');
  if (options.onHeader !== undefined) assertFunction(options.onHeader, 'onHeader');
  if (options.onTrailer !== undefined) assertFunction(options.onTrailer, 'onTrailer');
  const own = options.metadata === undefined ? undefined : toMetadata(options.metadata);
  throwIfAborted(signal);
  const stop = new Stop(signal);
  const underway: Underway = {
    abort: (error) => stop.abort(error),
    ...(onDrain === undefined ? {} : { drain: onDrain }),
  };
  stop.begin(() => transport.enter(underway, continued));
  const deadline = timeoutMs === undefined ? Infinity : systemClock.now() + timeoutMs;
  return {
    deadline,
    stop,
    metadata: async () => {
      const metadata = transport.metadata(method, own);
      return metadata instanceof Promise ? await within(metadata, method, timeoutMs, stop) : metadata;
    },
  };
}

async function within<Value>(
  work: Promise<Value>,
  method: string,
  timeoutMs: number | undefined,
  stop: Stop,
): Promise<Value> {
  let cleanUp = (): void => undefined;
  try {
    return await new Promise<Value>((resolve, reject) => {
      const late = (): void => reject(tokenLate(method));
      const timer = timeoutMs === undefined ? undefined : systemClock.setTimer(late, timeoutMs);
      stop.listen(reject);
      cleanUp = () => {
        timer?.cancel();
        stop.listen(undefined);
      };
      work.then(resolve, reject);
    });
  } finally {
    cleanUp();
  }
}

function tokenLate(method: string): DeadlineExceededError {
  return new DeadlineExceededError(`${method} DEADLINE_EXCEEDED: \`token()\` did not answer within \`timeoutMs\``, {
    code: 'DEADLINE_EXCEEDED',
    source: 'client',
    category: 'transient',
    method,
    notProcessed: true,
  });
}
