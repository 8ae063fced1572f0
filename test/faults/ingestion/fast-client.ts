import { type Clock, systemClock } from '../../../src/base/clock';
import type { Clarifai } from '../../../src/client';
import { ingest } from '../../../src/ingestion/ingest';
import { Limiter } from '../../../src/ingestion/limiter';
import { createInvoke } from '../../../src/operations/invoke';
import { resolveStubOptions } from '../../../src/options/resolve-stub-options';
import { toAttempt } from '../../../src/rpc/attempt';
import { Transport } from '../../../src/rpc/transport';

/** Time that passes twenty times as fast as ours. Deadlines of attempts are the system's all the same. */
const speed = 20;

export const fastClock: Clock = {
  now: () => systemClock.now() * speed,
  setTimer: (callback, delayMs, unref) => systemClock.setTimer(callback, delayMs / speed, unref),
};

export interface FastClient extends Pick<Clarifai, 'ingest'>, AsyncDisposable {}

/** Ingestion put together as the client does it, with its usual waits, which pass fast. */
export function createFastClient(
  base: string,
  { pat, userId, appId }: Readonly<Record<'pat' | 'userId' | 'appId', string>>,
): FastClient {
  const transport = new Transport(resolveStubOptions({ base, pat }), fastClock);
  const attempt = toAttempt(transport);
  const invoke = createInvoke({ attempt, lifetime: transport, verbOf: () => 'post', clock: fastClock });
  const context = {
    ...{ invoke, clock: fastClock },
    scope: { userId, appId },
    limiter: new Limiter(fastClock, null),
  };
  return {
    ingest: (source, options = {}) => ingest(context, source, options),
    [Symbol.asyncDispose]: () => transport.close('abort'),
  };
}
