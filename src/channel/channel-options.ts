import type { ChannelOptions } from '@grpc/grpc-js';
import { longestDelayMs } from '../base/assert';
import { version } from '../base/version';
import type { ResolvedStubOptions } from '../options/resolve-stub-options';
import type { Target } from './target';

/**
 * A ping stands behind what was written before it. At the slowest speed that an attempt allows for (0.5 MB/s) this is 60 MB,
 * which is more than the requests on one connection; with the usual 20 s pings end a slow upload that is well.
 */
const keepaliveTimeoutMs = 120_000;
const initialReconnectMs = 200;
const maxReconnectMs = 20_000;

type ChannelTuning = Pick<ResolvedStubOptions, 'maxReceiveBytes' | 'keepaliveMs' | 'connections'>;

/** What grpc-js is told about a channel. It ignores misspelt names without a word, hence one place for all of them. */
export function channelOptions(target: Target, tuning: ChannelTuning): ChannelOptions {
  return {
    'grpc.primary_user_agent': `clarifai-grpc/${version}`,
    // Without a retry policy: only calls that never reached the service, or were refused by it, are sent once more.
    'grpc.enable_retries': 1,
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_channelz': 0,
    'grpc.max_receive_message_length': tuning.maxReceiveBytes,
    'grpc.max_send_message_length': -1,
    ...keepalive(tuning.keepaliveMs),
    'grpc.initial_reconnect_backoff_ms': initialReconnectMs,
    'grpc.max_reconnect_backoff_ms': maxReconnectMs,
    // A connection of its own, so that closing one stub or losing its connection does not touch another.
    'grpc.use_local_subchannel_pool': 1,
    'grpc.client_idle_timeout_ms': Math.min(tuning.connections.maxIdleMs, longestDelayMs),
    // grpc-js would send even 127.0.0.1 through the proxy that the environment names.
    'grpc.enable_http_proxy': target.loopback ? 0 : 1,
  };
}

function keepalive(keepaliveMs: number | null): ChannelOptions {
  if (keepaliveMs === null) return {};
  return {
    'grpc.keepalive_time_ms': keepaliveMs,
    'grpc.keepalive_timeout_ms': keepaliveTimeoutMs,
    'grpc.keepalive_permit_without_calls': 0,
  };
}
