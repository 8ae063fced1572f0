import type { MethodName } from '../../../../../generated/methods';
import { ClarifaiError } from '../../../../../src/base/errors';
import type { Outcome } from '../../../../../src/operations/outcome';
import type { ListOptions } from '../../../../../src/operations/listing';
import type { World } from './world';

/** A call through the handles, with options that it has to pass on. */
export type Run = (world: World, options: ListOptions) => unknown;

/** A method that sends nothing: it makes a handle. */
export interface HandleRow {
  readonly kind: 'handle';
  readonly make: (world: World) => unknown;
}

/** A method that is no call, and has tests of its own. */
export interface ElsewhereRow {
  readonly kind: 'elsewhere';
  /** The file of those tests, from the root of the repository. */
  readonly file: string;
}

/** A method that sends something, and what is to be expected of it. */
export interface CallRow {
  readonly kind: 'call';
  /** What it sends when all goes well, each RPC once, in the order in which they first go out. */
  readonly rpcs: readonly MethodName[];
  /** The call when all goes well, where there are five of everything. */
  readonly run: Run;
  /** The same call for something that is not there. */
  readonly missing: Missing;
  /** Whether it is a list in pages. @default false */
  readonly pages?: boolean;
  /** RPCs whose failure is an outcome of each item, and not one of the call. @default none */
  readonly failsInOutcomes?: readonly MethodName[];
  /** What it deletes, as `kind id`, with `*` for any end. @default nothing */
  readonly deletes?: readonly string[];
  /** RPCs that are sent again for as long as they fail, and why; a refused credential ends that. @default none */
  readonly survives?: Partial<Readonly<Record<MethodName, string>>>;
  /** RPCs that it does without when they fail, and why. @default none */
  readonly spares?: Partial<Readonly<Record<MethodName, string>>>;
}

export type Row = HandleRow | CallRow | ElsewhereRow;

/** What a call for something that is not there comes to. */
export interface Missing {
  readonly run: Run;
  /** Rejects with a NotFoundError, has one for an outcome, or answers otherwise, for a reason. */
  readonly comesTo: 'rejection' | 'outcome' | { readonly because: string; readonly check: (result: unknown) => void };
}

export function handle(make: HandleRow['make']): HandleRow {
  return { kind: 'handle', make };
}

export function elsewhere(file: string): ElsewhereRow {
  return { kind: 'elsewhere', file };
}

export function call(
  rpcs: readonly MethodName[],
  run: Run,
  missing: Missing,
  more: Pick<CallRow, 'failsInOutcomes' | 'survives' | 'spares' | 'deletes'> = {},
): CallRow {
  return { kind: 'call', rpcs, run, missing, ...more };
}

/** A call that gives a list in pages. */
export function list(rpcs: readonly MethodName[], run: Run, missing: Missing): CallRow {
  return { kind: 'call', rpcs, run, missing, pages: true };
}

export function rejects(run: Run): Missing {
  return { run, comesTo: 'rejection' };
}

export function hasOutcome(run: Run): Missing {
  return { run, comesTo: 'outcome' };
}

export function answers(because: string, run: Run, check: (result: unknown) => void): Missing {
  return { run, comesTo: { because, check } };
}

/** What became of a call: a promise is awaited, and what can be iterated is read to its end. */
export async function settled(result: unknown): Promise<unknown> {
  if (!isAsyncIterable(result)) return result;
  const items: unknown[] = [];
  for await (const item of result) items.push(item);
  return items;
}

/** The outcomes among results of any kind. */
export function outcomesIn(result: unknown): readonly Outcome<unknown>[] {
  const items = Array.isArray(result) ? (result as readonly unknown[]) : [];
  return items.filter(isOutcome);
}

/** The errors of outcomes that failed, those of annotations included. */
export function errorsIn(result: unknown): readonly ClarifaiError[] {
  if (result instanceof ClarifaiError) return [result];
  if (Array.isArray(result)) return result.flatMap(errorsIn);
  if (typeof result !== 'object' || result === null) return [];
  return Object.values(result).flatMap((value: unknown) => (typeof value === 'object' ? errorsIn(value) : []));
}

function isOutcome(item: unknown): item is Outcome<unknown> {
  return typeof item === 'object' && item !== null && 'ok' in item && 'index' in item;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
