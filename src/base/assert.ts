import { describe, describeHidden } from './describe';
import { InvalidRequestError } from './errors';
import { nearestName } from './nearest-name';

/** Longest delay a Node timer takes: 2^31 - 1 ms, about 24.8 days. */
export const longestDelayMs = 0x7fffffff;

export interface HideValue {
  /** For secrets, and where one may be given by mistake: the message then does not show the value. */
  readonly hideValue?: boolean | undefined;
}

export interface InvalidArgumentOptions extends HideValue {
  readonly cause?: unknown;
}

/** The error for a value that is not what was expected, in the one mould that all of them share. */
export function invalidArgument(
  name: string,
  expected: string,
  value: unknown,
  options: InvalidArgumentOptions = {},
): InvalidRequestError {
  const got = options.hideValue === true ? describeHidden(value) : describe(value);
  return invalidRequest(`Expected \`${name}\` to be ${expected}, got ${got}`, { cause: options.cause });
}

/** The error for a mistake of the caller that is not about one value. */
export function invalidRequest(
  message: string,
  options: { readonly code?: string; readonly cause?: unknown } = {},
): InvalidRequestError {
  const { code = 'INVALID_ARGUMENT', cause } = options;
  return new InvalidRequestError(message, { code, source: 'client', category: 'rejected', cause });
}

export function assertString(
  value: unknown,
  name: string,
  options: HideValue & { readonly nonEmpty?: boolean } = {},
): asserts value is string {
  const { nonEmpty = false } = options;
  if (typeof value !== 'string' || (nonEmpty && value.trim() === '')) {
    throw invalidArgument(name, nonEmpty ? 'a non-empty string' : 'a string', value, options);
  }
}

export function assertBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw invalidArgument(name, 'a boolean', value);
}

export function assertFunction(
  value: unknown,
  name: string,
  options: HideValue = {},
): asserts value is (...args: never[]) => unknown {
  if (typeof value !== 'function') throw invalidArgument(name, 'a function', value, options);
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
}

/** A finite number within a range, both ends included. */
export function assertNumber(value: unknown, name: string, range: NumberRange = {}): asserts value is number {
  if (typeof value !== 'number' || !inRange(value, range))
    throw invalidArgument(name, `a number${rangeText(range)}`, value);
}

/** A safe integer within a range, both ends included. */
export function assertInteger(value: unknown, name: string, range: NumberRange = {}): asserts value is number {
  if (!Number.isSafeInteger(value) || !inRange(value as number, range)) {
    throw invalidArgument(name, `an integer${rangeText(range)}`, value);
  }
}

/** Milliseconds that a timer can wait. */
export function assertDurationMs(value: unknown, name: string, min = 0): asserts value is number {
  if (typeof value !== 'number' || !inRange(value, { min, max: longestDelayMs })) {
    throw invalidArgument(name, `milliseconds from ${min} to ${longestDelayMs}`, value);
  }
}

export function assertOneOf<Value extends string>(
  value: unknown,
  name: string,
  allowed: readonly Value[],
): asserts value is Value {
  if (!allowed.some((one) => one === value)) {
    throw invalidArgument(name, `one of ${allowed.map((one) => `'${one}'`).join(', ')}`, value);
  }
}

/** Checks only: narrowing a read-only array would turn its items into `any`. */
export function assertArray(value: unknown, name: string, expected = 'an array'): void {
  if (!Array.isArray(value)) throw invalidArgument(name, expected, value);
}

/** @param known the names it may have; for any other the error suggests the nearest of them */
export function assertObject<Value>(
  value: Value,
  name: string,
  known?: readonly string[],
  options: HideValue = {},
): asserts value is Value & object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument(name, 'an object', value, options);
  }
  if (known === undefined) return;
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const hint = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean \`${nearest}\`?`;
    throw invalidRequest(`Unknown name \`${key}\` in \`${name}\`: ${hint}`);
  }
}

export function assertSignal(value: unknown, name: string): asserts value is AbortSignal {
  // By shape: a signal of another realm, as in Jest, is not an instance of ours.
  const isSignal = typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
  if (!isSignal) throw invalidArgument(name, 'an AbortSignal', value);
}

export function assertIterable(
  value: unknown,
  name: string,
): asserts value is Iterable<unknown> | AsyncIterable<unknown> {
  const isIterable =
    typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
  if (!isIterable) throw invalidArgument(name, 'an iterable or async iterable', value);
}

function inRange(value: number, { min = -Infinity, max = Infinity }: NumberRange): boolean {
  return Number.isFinite(value) && value >= min && value <= max;
}

function rangeText({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}
