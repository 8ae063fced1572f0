import { version } from '../base/version';

/** The service's public address. */
export const defaultBase = 'api.clarifai.com';

/** The service's answers are at most 128 MB; the rest is room for the envelope. grpc-js alone stops at 4 MiB. */
export const defaultMaxReceiveBytes: number = 129 * 1024 * 1024;

/**
 * Servers that want five minutes between pings (gRFC A8, the default of gRPC's own) end the connection at the fourth that is
 * too early and not followed by an answer: no call within the default time lives that long, however slow its upload.
 */
export const defaultKeepaliveMs = 90_000;

/** gRPC's own limit in the making (gRFC A105) is 10; eight uploads at a time fill most lines. */
export const defaultMaxConnections = 8;

/** What gRPC servers and the proxies before them commonly announce as SETTINGS_MAX_CONCURRENT_STREAMS. */
export const defaultMaxCalls = 100;

/** Half an hour: a bulk load comes to new addresses of the service, as grpc-js asks DNS only when a connection is lost. */
export const defaultMaxAgeMs = 1_800_000;

/** Four minutes: Azure's load balancer and NAT forget an idle connection then, the others later. */
export const defaultMaxIdleMs = 240_000;

export const defaultRequestIdPrefix: string = `sdk-nodejs-grpc-${version}`;

/** Milliseconds for a call with all its attempts and waits: 5 minutes. */
export const defaultTimeoutMs = 300_000;

/** AWS SDK "standard" mode, 2026: enough for a blip, too few for a storm. */
export const defaultMaxAttempts = 3;

/** Base of the wait after a transient failure, in milliseconds. */
export const defaultBaseDelayMs = 50;

/** Base of the wait after the service asked to slow down, in milliseconds: its limit is counted per second. */
export const defaultThrottledDelayMs = 1000;

/** Longest single wait, in milliseconds. */
export const defaultMaxDelayMs = 20_000;

/** Milliseconds to wait in all for a model that is being loaded: most are within two minutes. */
export const defaultNotReadyMs = 120_000;
