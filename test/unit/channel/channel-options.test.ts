import { channelOptions } from '../../../src/channel/channel-options';
import { resolveTarget } from '../../../src/channel/target';
import { defaultKeepaliveMs, defaultTimeoutMs } from '../../../src/options/defaults';
import { resolveConnectionOptions } from '../../../src/options/connection-options';

const connections = resolveConnectionOptions({ maxIdleMs: 5000 });
const tuning = { maxReceiveBytes: 1000, keepaliveMs: 90_000, connections };

describe('the options of a channel', () => {
  it('carry the limits and the tuning of every connection', () => {
    expect(channelOptions(resolveTarget('api.clarifai.com'), tuning)).toMatchObject({
      'grpc.enable_retries': 1,
      'grpc.service_config_disable_resolution': 1,
      'grpc.enable_channelz': 0,
      'grpc.max_receive_message_length': 1000,
      'grpc.max_send_message_length': -1,
      'grpc.keepalive_time_ms': 90_000,
      'grpc.keepalive_timeout_ms': 120_000,
      'grpc.keepalive_permit_without_calls': 0,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.client_idle_timeout_ms': 5000,
      'grpc.enable_http_proxy': 1,
    });
  });

  it('go past the proxy for a loopback host only', () => {
    expect(channelOptions(resolveTarget('localhost:1'), tuning)).toMatchObject({ 'grpc.enable_http_proxy': 0 });
  });

  it('send too few pings in the longest call, by default, for a server that wants five minutes between them', () => {
    // Such a server ends the connection at the fourth that no answer came after.
    expect(4 * defaultKeepaliveMs).toBeGreaterThan(defaultTimeoutMs);
  });

  it('send no pings when keepalive is off', () => {
    const names = Object.keys(channelOptions(resolveTarget('localhost:1'), { ...tuning, keepaliveMs: null }));
    expect(names.filter((name) => name.includes('keepalive'))).toEqual([]);
  });
});
