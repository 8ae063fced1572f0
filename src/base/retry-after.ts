import { type Clock, systemClock } from './clock';
import type { ReceivedMetadata } from './received-metadata';
import { retryInfoMs } from './retry-info';

/** How long the service asked to wait, or that it asked not to come again. */
export type RetryAfter = number | 'never' | undefined;

/**
 * Looks for a wish of the service in the order of how exact it is: `grpc-retry-pushback-ms`, `google.rpc.RetryInfo`, `retry-after`.
 * A pushback that is negative or not a number means not to retry (gRFC A6).
 */
export function toRetryAfter(metadata: ReceivedMetadata | undefined, clock: Clock = systemClock): RetryAfter {
  if (metadata === undefined) return undefined;
  const pushback = metadata['grpc-retry-pushback-ms'];
  if (typeof pushback === 'string') return /^\d+$/.test(pushback.trim()) ? Number(pushback) : 'never';
  const statusDetails = metadata['grpc-status-details-bin'];
  const fromDetails = statusDetails instanceof Uint8Array ? retryInfoMs(statusDetails) : undefined;
  return fromDetails ?? retryAfterHeaderMs(metadata['retry-after'], clock);
}

/** The HTTP header: seconds, or a date. */
function retryAfterHeaderMs(value: string | Uint8Array | undefined, clock: Clock): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}
