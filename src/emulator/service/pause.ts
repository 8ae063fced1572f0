import { GrpcCode } from '../../base/grpc-code';
import type { Clock } from '../../base/clock';
import { GrpcFailure } from './grpc-failure';

/** Waits on the emulator's clock; ends early, as a cancelled call, when the client goes away. */
export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelled();
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      timer.cancel();
      reject(cancelled());
    };
    const timer = clock.setTimer(
      () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      },
      delayMs,
      true,
    );
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function cancelled(): GrpcFailure {
  return new GrpcFailure(GrpcCode.CANCELLED, 'The client went away');
}
