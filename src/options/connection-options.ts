import { assertDurationMs, assertInteger, assertObject } from '../base/assert';
import { defaultMaxAgeMs, defaultMaxCalls, defaultMaxConnections, defaultMaxIdleMs } from './defaults';

/**
 * How many connections a client has, and for how long. The first is opened by the first call; others only while they are
 * needed, so that the limits cost a small service nothing.
 */
export interface ConnectionOptions {
  /**
   * Connections at a time at most. Another one is opened for a call when all are full, and for a request of 256 KiB or more
   * when all are uploading one: a connection carries no more than the service's window a round trip (1.1 MB/s with 64 KiB
   * and 60 ms). Connections that were replaced and still finish their calls do not count.
   * @default 8
   */
  readonly max?: number | undefined;
  /**
   * Calls on a connection at a time at most. What does not fit on `max` connections waits in the client for a place; the time
   * of an attempt begins when it has one. A service that allows fewer makes the rest wait unseen.
   * @default 100 (what most gRPC servers and proxies allow)
   */
  readonly maxCalls?: number | undefined;
  /**
   * Milliseconds after which a connection takes no new call: the next has a new one, by a fresh look at DNS; calls under way
   * finish on the old. `null` keeps it for ever.
   * @default 1800000 (30 min)
   */
  readonly maxAgeMs?: number | null | undefined;
  /**
   * Milliseconds without a call after which a connection is closed, and not trusted where closing it was missed, as in a
   * process that was frozen. `null` trusts a connection however long it was idle.
   * @default 240000 (4 min, after which the first NATs and load balancers forget a connection without telling)
   */
  readonly maxIdleMs?: number | null | undefined;
}

export interface ResolvedConnectionOptions {
  readonly max: number;
  readonly maxCalls: number;
  /** `Infinity` for ever. */
  readonly maxAgeMs: number;
  /** `Infinity` for ever. */
  readonly maxIdleMs: number;
}

/** grpc-js closes no connection that was idle for less. */
const leastIdleMs = 1000;

export function resolveConnectionOptions(options: ConnectionOptions = {}): ResolvedConnectionOptions {
  assertObject(options, 'connections', ['max', 'maxCalls', 'maxAgeMs', 'maxIdleMs']);
  const {
    max = defaultMaxConnections,
    maxCalls = defaultMaxCalls,
    maxAgeMs = defaultMaxAgeMs,
    maxIdleMs = defaultMaxIdleMs,
  } = options;
  assertInteger(max, 'connections.max', { min: 1 });
  assertInteger(maxCalls, 'connections.maxCalls', { min: 1 });
  if (maxAgeMs !== null) assertDurationMs(maxAgeMs, 'connections.maxAgeMs', 1);
  if (maxIdleMs !== null) assertDurationMs(maxIdleMs, 'connections.maxIdleMs', leastIdleMs);
  return Object.freeze({ max, maxCalls, maxAgeMs: maxAgeMs ?? Infinity, maxIdleMs: maxIdleMs ?? Infinity });
}
