import { version } from '../base/version';

/** The service's public address. */
export const defaultBase = 'api.clarifai.com';

/** The service's answers are at most 128 MB; the rest is room for the envelope. grpc-js alone stops at 4 MiB. */
export const defaultMaxReceiveBytes: number = 129 * 1024 * 1024;

/** Finds a dead connection within a minute and a half, and stays below what servers punish with GOAWAY. */
export const defaultKeepaliveMs = 60_000;

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
