import type { Metadata } from '@grpc/grpc-js';
import { throwIfAborted } from '../base/abort';
import { assertDurationMs, assertFunction, assertObject, assertSignal } from '../base/assert';
import { systemClock } from '../base/clock';
import { DeadlineExceededError } from '../base/errors';
import type { RpcOptions } from '../options/rpc-options';
import { toMetadata } from './metadata';
import type { Transport } from './transport';

/** A call that may start: nothing about it is wrong yet and nothing has been sent. */
export interface Beginning {
  /** Milliseconds since the epoch, or `Infinity`. */
  readonly deadline: number;
  /** Asks for the credential, no longer than the call may take. */
  readonly metadata: () => Promise<Metadata>;
}

const optionNames: readonly (keyof RpcOptions)[] = ['signal', 'timeoutMs', 'metadata', 'onHeader', 'onTrailer'];

export function begin(transport: Transport, method: string, options: RpcOptions): Beginning {
  assertObject(options, 'options', optionNames, { hideValue: true });
  const { signal, timeoutMs } = options;
  if (signal !== undefined) assertSignal(signal, 'signal');
  if (timeoutMs !== undefined) assertDurationMs(timeoutMs, 'timeoutMs');
  if (options.onHeader !== undefined) assertFunction(options.onHeader, 'onHeader');
  if (options.onTrailer !== undefined) assertFunction(options.onTrailer, 'onTrailer');
  const own = options.metadata === undefined ? undefined : toMetadata(options.metadata);
  throwIfAborted(signal);
  transport.assertOpen();
  const deadline = timeoutMs === undefined ? Infinity : systemClock.now() + timeoutMs;
  return {
    deadline,
    metadata: async () => {
      const metadata = transport.metadata(method, own);
      return metadata instanceof Promise ? await within(metadata, method, options) : metadata;
    },
  };
}

async function within<Value>(work: Promise<Value>, method: string, options: RpcOptions): Promise<Value> {
  const { signal, timeoutMs } = options;
  let cleanUp = (): void => undefined;
  try {
    return await new Promise<Value>((resolve, reject) => {
      const late = (): void => reject(tokenLate(method));
      const timer = timeoutMs === undefined ? undefined : systemClock.setTimer(late, timeoutMs);
      const onAbort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', onAbort, { once: true });
      cleanUp = () => {
        timer?.cancel();
        signal?.removeEventListener('abort', onAbort);
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
