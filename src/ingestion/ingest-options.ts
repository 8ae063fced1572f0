import {
  assertBoolean,
  assertDurationMs,
  assertFunction,
  assertInteger,
  assertNumber,
  assertOneOf,
  assertString,
  longestDelayMs,
} from '../base/assert';
import { defaultChunkBytes, maxRequestBytes } from '../base/limits';
import type { CallOptions } from '../options/call-options';
import type { IngestionReport } from './progress-reports';
import { defaultRetryOptions, type ResolvedCallOptions, resolveCallOptions } from '../options/resolve-call-options';

/** What `postInputs` and `ingest` take. `undefined` means the default, `null` means off. */
export interface IngestOptions extends CallOptions {
  /**
   * Milliseconds for the whole run; then what has no answer is `unsent`.
   * @default null for `ingest`, which runs as long as its source; 300000 (5 min) for `postInputs`
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * As for any call, but `ingest` makes attempts without end unless `maxAttempts` is given, at most 60 s apart: an
   * item is given up when the service refuses it, not when the service is away.
   */
  readonly retry?: CallOptions['retry'];
  /** Requests in flight at most; fewer when the service does not bear so many. @default 16 */
  readonly concurrency?: number | undefined;
  /**
   * Encoded bytes at which a chunk is sent when it has no 128 inputs yet: a request of this size takes seconds, not
   * minutes, on a usual line. @default 16777216 (16 MiB)
   */
  readonly chunkBytes?: number | undefined;
  /** Longest time in milliseconds that an item of a slow source waits for others to fill its chunk. @default 1000 */
  readonly lingerMs?: number | undefined;
  /**
   * Memory for items that were read and have no outcome yet, whether queued, in flight or waiting to be sent again. The source
   * is not read while they have so many encoded bytes, and only an eighth may be in flight, because a request takes several
   * times its size in memory; a single item or request may exceed it. More lets more large requests be in flight at once.
   * @default 268435456 (256 MiB)
   */
  readonly budgetBytes?: number | undefined;
  /** The same in items, which count until their outcomes have been read, too. @default 4096 */
  readonly budgetItems?: number | undefined;
  /** Hands out outcomes in the order of the source, and not as they come. @default false */
  readonly ordered?: boolean | undefined;
  /**
   * When an item has its outcome: as soon as the service has `'accepted'` it, or when it is `'confirmed'`, that is,
   * downloaded and indexed. Then the inputs are posted as a job of the app, which is asked how many of them are done (RPC:
   * V2.GetInputsAddJob): half a second after they were accepted and then less and less often, at most 10 s apart. When it is
   * worth it they are looked at, up to 500 a request (RPC: V2.ListInputs). These requests count among `requestsPerSecond`. An
   * input that the service cannot download or read is `rejected` with the status it gives. @default 'accepted'
   */
  readonly ack?: 'accepted' | 'confirmed' | undefined;
  /**
   * What becomes of an item whose id the app, or the source, has already: `'skip'` says `already-existed`, `'fail'` says
   * `rejected`, and `'overwrite'` puts the item's data in place of what the app has (RPC: V2.PatchInputs with the action
   * `overwrite`), which is `accepted`; an item that comes after another with its id in the same source is `already-existed`
   * then, too, and so is one whose URL an input with another id has. @default 'skip'
   */
  readonly onDuplicate?: 'skip' | 'fail' | 'overwrite' | undefined;
  /**
   * Directory in which the run keeps a journal, which is made when it is not there: a run that was killed, or whose machine
   * lost power, at whatever instruction, is resumed by the same call with the same directory. No item is lost and none is
   * created twice. What earlier runs told may be told again, marked `resumed`: outcomes that were not reported, or that were
   * in the last 100 ms before the end.
   *
   * The source goes on after its cursor when it has one; else it is read from its start, and items are known by their ids,
   * which takes 14 bytes of memory each. One process at a time has the journal; the lock of one that was killed is void.
   * Containers and machines that share a volume do not see each other's processes: there, see to it that one runs at a time.
   *
   * A journal of another app or service, or with other `ids`, is refused (`JOURNAL_MISMATCH`), and so is one that another
   * run has (`JOURNAL_LOCKED`) or that is damaged (`JOURNAL_CORRUPT`). A disk that fails ends the run (`JOURNAL_FAILED`).
   *
   * @default no journal
   */
  readonly resume?: string | undefined;
  /**
   * File to which inputs are added that were given up, as lines of JSON: the input without bytes (a URL or file as it was
   * given), its id, and why. They are written durably before their outcome is told, which is `dead-lettered` instead of
   * `rejected`. `ingest({ retryDeadLetters: path })` sends them again. @default none
   */
  readonly deadLetters?: string | undefined;
  /**
   * The id that an input without one gets: one made from its `'content'`, so that loading it again makes no second copy, or
   * a `'random'` one, so that equal inputs are different ones. @default 'content' for `ingest`, 'random' for `postInputs`
   */
  readonly ids?: 'content' | 'random' | undefined;
  /**
   * Told how far the run is, every `progressMs` and once more at its end: its counts, which add up to the items read at any
   * time, its pace, and the time left when the source says how many items it has. When it throws, the run ends with that
   * error.
   */
  readonly onProgress?: ((report: IngestionReport) => void) | undefined;
  /** Milliseconds between two calls of `onProgress`. @default 1000 */
  readonly progressMs?: number | undefined;
  /**
   * Requests a second, for all runs of this process with the same credential at the same address: the last that gives a
   * number, or `null` for no limit, decides. @default 15, as Clarifai documents
   */
  readonly requestsPerSecond?: number | null | undefined;
}

const defaultIngestConcurrency = 16;
const defaultLingerMs = 1000;
const defaultProgressMs = 1000;
const defaultBudgetBytes: number = 256 * 1024 * 1024;
const defaultBudgetItems = 4096;

/** Longest wait between two attempts of a run that has no end: Firestore's BulkWriter waits as long. */
const bulkMaxDelayMs = 60_000;

export interface ResolvedIngestOptions {
  /** For each request: one attempt, which has no other end than its own. */
  readonly call: CallOptions;
  readonly signal: AbortSignal | undefined;
  /** `null` for a run without end. */
  readonly timeoutMs: number | null;
  readonly retry: IngestRetry;
  readonly concurrency: number;
  readonly chunkBytes: number;
  readonly lingerMs: number;
  readonly budgetBytes: number;
  readonly budgetItems: number;
  readonly ordered: boolean;
  readonly ack: 'accepted' | 'confirmed';
  readonly onProgress: ((report: IngestionReport) => void) | undefined;
  readonly progressMs: number;
  readonly onDuplicate: 'skip' | 'fail' | 'overwrite';
  readonly requestsPerSecond: number | null | undefined;
  readonly resume: string | undefined;
  readonly deadLetters: string | undefined;
  readonly ids: 'content' | 'random';
}

export interface IngestRetry {
  /** `Infinity` never gives up. */
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  readonly throttledDelayMs: number;
  readonly maxDelayMs: number;
}

const ownNames: readonly (keyof IngestOptions)[] = [
  'concurrency',
  'chunkBytes',
  'lingerMs',
  'budgetBytes',
  'budgetItems',
  'ordered',
  'ack',
  'onProgress',
  'progressMs',
  'onDuplicate',
  'requestsPerSecond',
  'resume',
  'deadLetters',
  'ids',
];

/**
 * Completes and checks the options of a run.
 *
 * @param patience `'call'` for one that a caller waits for, `'run'` for one that goes on until all is done
 */
export function resolveIngestOptions(
  defaults: ResolvedCallOptions | undefined,
  options: IngestOptions,
  patience: 'call' | 'run',
): ResolvedIngestOptions {
  const resolved = resolveCallOptions(defaults, options, { alsoKnown: ownNames });
  const { signal, attemptTimeoutMs, metadata, onHeader, onTrailer } = resolved;
  const {
    concurrency = defaultIngestConcurrency,
    chunkBytes = defaultChunkBytes,
    lingerMs = defaultLingerMs,
    budgetBytes = defaultBudgetBytes,
    budgetItems = defaultBudgetItems,
    ordered = false,
    ack = 'accepted',
    onProgress,
    progressMs = defaultProgressMs,
    onDuplicate = 'skip',
    requestsPerSecond,
    resume,
    deadLetters,
    ids = 'content',
  } = options;
  assertInteger(concurrency, 'concurrency', { min: 1 });
  assertInteger(chunkBytes, 'chunkBytes', { min: 1, max: maxRequestBytes });
  assertDurationMs(lingerMs, 'lingerMs');
  assertInteger(budgetBytes, 'budgetBytes', { min: 1 });
  assertInteger(budgetItems, 'budgetItems', { min: 1 });
  assertBoolean(ordered, 'ordered');
  if (onProgress !== undefined) assertFunction(onProgress, 'onProgress');
  assertDurationMs(progressMs, 'progressMs', 1);
  assertOneOf(ack, 'ack', ['accepted', 'confirmed']);
  assertOneOf(onDuplicate, 'onDuplicate', ['skip', 'fail', 'overwrite']);
  if (resume !== undefined) assertString(resume, 'resume', { nonEmpty: true });
  if (deadLetters !== undefined) assertString(deadLetters, 'deadLetters', { nonEmpty: true });
  assertOneOf(ids, 'ids', ['content', 'random']);
  if (typeof requestsPerSecond === 'number') {
    // Below one in the longest delay that a timer takes, a request would never come.
    assertNumber(requestsPerSecond, 'requestsPerSecond', { min: 1000 / longestDelayMs });
  } else if (requestsPerSecond !== null && requestsPerSecond !== undefined) {
    assertNumber(requestsPerSecond, 'requestsPerSecond');
  }
  const timeoutMs = patience === 'call' ? resolved.timeoutMs : (options.timeoutMs ?? null);
  const retry = resolveRetry(resolved, options, patience);
  const call: CallOptions = { attemptTimeoutMs, metadata, onHeader, onTrailer, timeoutMs: null };
  return {
    ...{ call, signal, timeoutMs, retry, concurrency, chunkBytes, lingerMs },
    ...{ budgetBytes, budgetItems, ordered, ack, onDuplicate, requestsPerSecond },
    ...{ onProgress, progressMs, resume, deadLetters, ids },
  };
}

function resolveRetry({ retry }: ResolvedCallOptions, options: IngestOptions, patience: 'call' | 'run'): IngestRetry {
  const { maxAttempts, baseDelayMs, throttledDelayMs, maxDelayMs } = retry ?? {
    ...defaultRetryOptions,
    maxAttempts: 1,
  };
  const delays = { baseDelayMs, throttledDelayMs };
  if (patience === 'call' || options.retry === null) return { ...delays, maxAttempts, maxDelayMs };
  return {
    ...delays,
    maxAttempts: options.retry?.maxAttempts ?? Infinity,
    maxDelayMs: options.retry?.maxDelayMs ?? bulkMaxDelayMs,
  };
}
