import {
  assertDurationMs,
  assertFunction,
  assertInteger,
  assertNumber,
  assertObject,
  assertSignal,
  longestDelayMs,
} from '../base/assert';
import type { CallOptions } from './call-options';
import {
  defaultBaseDelayMs,
  defaultMaxAttempts,
  defaultMaxDelayMs,
  defaultNotReadyMs,
  defaultThrottledDelayMs,
  defaultTimeoutMs,
} from './defaults';
import type { RetryOptions } from './retry-options';

export interface ResolvedRetryOptions {
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  readonly throttledDelayMs: number;
  readonly maxDelayMs: number;
  /** 0 does not wait for a model. */
  readonly notReadyMs: number;
}

export interface ResolvedCallOptions extends Omit<CallOptions, 'timeoutMs' | 'attemptTimeoutMs' | 'retry'> {
  /** `null` for a call without end. */
  readonly timeoutMs: number | null;
  /** `undefined` to go by the size of the request, `null` for an attempt as long as the call. */
  readonly attemptTimeoutMs: number | null | undefined;
  /** `null` for one attempt. */
  readonly retry: ResolvedRetryOptions | null;
}

export const defaultRetryOptions: ResolvedRetryOptions = Object.freeze({
  maxAttempts: defaultMaxAttempts,
  baseDelayMs: defaultBaseDelayMs,
  throttledDelayMs: defaultThrottledDelayMs,
  maxDelayMs: defaultMaxDelayMs,
  notReadyMs: defaultNotReadyMs,
});

export const defaultCallOptions: ResolvedCallOptions = Object.freeze({
  timeoutMs: defaultTimeoutMs,
  attemptTimeoutMs: undefined,
  retry: defaultRetryOptions,
});

const callOptionNames: readonly (keyof CallOptions)[] = [
  'signal',
  'timeoutMs',
  'attemptTimeoutMs',
  'retry',
  'metadata',
  'onHeader',
  'onTrailer',
];

const retryOptionNames = Object.keys(defaultRetryOptions);

export interface ResolveCallOptionsSettings {
  /** Name of the argument, for errors. @default 'options' */
  readonly name?: string;
  /** Names beyond those of CallOptions that may be there. */
  readonly alsoKnown?: readonly string[];
  /** Defaults of many calls must not end with one signal. @default true */
  readonly allowSignal?: boolean;
}

/**
 * Completes and checks the options of one call. `undefined` takes the default, `null` switches off. An option of the call
 * replaces the default as a whole, except `retry`, whose fields are taken one by one.
 */
export function resolveCallOptions(
  defaults: ResolvedCallOptions = defaultCallOptions,
  options: CallOptions = {},
  { name = 'options', alsoKnown = [], allowSignal = true }: ResolveCallOptionsSettings = {},
): ResolvedCallOptions {
  const known = [...callOptionNames.slice(allowSignal ? 0 : 1), ...alsoKnown];
  assertObject(options, name, known, { hideValue: true });
  if (callOptionNames.every((option) => options[option] === undefined)) return defaults;
  const {
    signal = defaults.signal,
    timeoutMs = defaults.timeoutMs,
    attemptTimeoutMs = defaults.attemptTimeoutMs,
    metadata = defaults.metadata,
    onHeader = defaults.onHeader,
    onTrailer = defaults.onTrailer,
  } = options;
  if (signal !== undefined) assertSignal(signal, 'signal');
  if (timeoutMs !== null) assertDurationMs(timeoutMs, 'timeoutMs', 1);
  if (attemptTimeoutMs !== null && attemptTimeoutMs !== undefined) {
    assertDurationMs(attemptTimeoutMs, 'attemptTimeoutMs', 1);
  }
  if (metadata !== undefined && !Array.isArray(metadata)) {
    assertObject(metadata, 'metadata', undefined, { hideValue: true });
  }
  if (onHeader !== undefined) assertFunction(onHeader, 'onHeader');
  if (onTrailer !== undefined) assertFunction(onTrailer, 'onTrailer');
  const retry = resolveRetryOptions(defaults.retry, options.retry);
  return { signal, timeoutMs, attemptTimeoutMs, retry, metadata, onHeader, onTrailer };
}

function resolveRetryOptions(
  defaults: ResolvedRetryOptions | null,
  options: RetryOptions | null | undefined,
): ResolvedRetryOptions | null {
  if (options === undefined) return defaults;
  if (options === null) return null;
  assertObject(options, 'retry', retryOptionNames);
  const base = defaults ?? defaultRetryOptions;
  const {
    maxAttempts = base.maxAttempts,
    baseDelayMs = base.baseDelayMs,
    throttledDelayMs = base.throttledDelayMs,
    maxDelayMs = base.maxDelayMs,
    notReadyMs = base.notReadyMs,
  } = options;
  assertInteger(maxAttempts, 'retry.maxAttempts', { min: 1 });
  for (const [field, value] of Object.entries({
    baseDelayMs,
    throttledDelayMs,
    maxDelayMs,
    notReadyMs: notReadyMs ?? 0,
  })) {
    assertNumber(value, `retry.${field}`, { min: 0, max: longestDelayMs });
  }
  return Object.freeze({ maxAttempts, baseDelayMs, throttledDelayMs, maxDelayMs, notReadyMs: notReadyMs ?? 0 });
}
