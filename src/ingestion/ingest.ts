import { resolve } from 'node:path';
import { assertDurationMs, assertInteger, assertString, invalidArgument } from '../base/assert';
import type { Clock } from '../base/clock';
import { randomId } from '../base/ids';
import { assertInputs } from '../inputs/assert-inputs';
import type { ClientIdentity } from '../diagnostics/messages';
import { unknownClient } from '../diagnostics/unknown-client';
import type { InputsLike } from '../inputs/input-like';
import type { Invoke } from '../operations/invoker';
import { type Scope, toUserAppId } from '../operations/scope';
import type { ResolvedCallOptions } from '../options/resolve-call-options';
import { deadLetterSource } from './dead-letters/dead-letter-source';
import { type IngestOptions, type ResolvedIngestOptions, resolveIngestOptions } from './ingest-options';
import { IngestionRun } from './ingestion-run';
import { type JournalFiles, systemFiles } from './journal/journal-files';
import type { Limiter } from './limiter';
import { contentId } from './made-ids';
import { RunFiles } from './run-files';
import { isSource, type Source } from './source';

/** What the client gives an ingestion. */
export interface IngestContext {
  readonly invoke: Invoke;
  readonly scope: Scope;
  /** Where the service is: a journal is of one service. */
  readonly address?: string | undefined;
  /** For whoever observes. @default unknownClient */
  readonly client?: ClientIdentity | undefined;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** The client's defaults for calls. */
  readonly defaults?: ResolvedCallOptions | undefined;
  /** Between 0 and 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** What journals and dead letters are kept on. @default the system's files */
  readonly files?: JournalFiles | undefined;
}

/** A file of dead letters, as the source of the inputs in it. */
export interface RetryDeadLetters {
  /** Path of the file. */
  readonly retryDeadLetters: string;
}

/** What `ingest` reads from. */
export type IngestSource = InputsLike | Source | RetryDeadLetters;

/** How one run differs from another. */
export interface IngestManner {
  /** `'call'` when someone waits for it to end soon, `'run'` when it goes on until all is done. @default 'run' */
  readonly patience?: 'call' | 'run';
}

/** RPC: V2.PostInputs. See `Clarifai.ingest`. */
export function ingest(
  context: IngestContext,
  from: IngestSource,
  options: IngestOptions,
  { patience = 'run' }: IngestManner = {},
): IngestionRun {
  const { client = unknownClient, invoke, scope, limiter, clock, defaults, random = Math.random } = context;
  const resolved = resolveIngestOptions(defaults, options, patience);
  const source = toSource(from, resolved);
  if (resolved.requestsPerSecond !== undefined) limiter.setRate(resolved.requestsPerSecond);
  const files = filesOf(context, resolved);
  const randomly = files?.keepsJournal === true ? files.makeId : () => randomId();
  const jobId = resolved.ack === 'confirmed' ? randomId() : undefined;
  return new IngestionRun({
    ...{ source, limiter, clock, options: resolved, files },
    makeId: resolved.ids === 'content' ? contentId : randomly,
    sender: { client, invoke, userAppId: toUserAppId(scope), jobId, random },
  });
}

function filesOf(
  { scope, address = '', clock, files = systemFiles }: IngestContext,
  options: ResolvedIngestOptions,
): RunFiles | undefined {
  const { resume, deadLetters, ids } = options;
  if (resume === undefined && deadLetters === undefined) return undefined;
  const { userId, appId } = scope;
  return new RunFiles({ resume, deadLetters, clock, files, identity: { base: address, userId, appId, ids } });
}

function toSource(from: IngestSource, { deadLetters }: ResolvedIngestOptions): InputsLike | Source {
  if (!isRetry(from)) {
    assertSource(from);
    return from;
  }
  const { retryDeadLetters } = from;
  assertString(retryDeadLetters, 'retryDeadLetters', { nonEmpty: true });
  // It would read what it writes, and so never end.
  if (deadLetters !== undefined && resolve(deadLetters) === resolve(retryDeadLetters)) {
    throw invalidArgument('deadLetters', 'another file than `retryDeadLetters`', deadLetters);
  }
  return deadLetterSource(retryDeadLetters);
}

function isRetry(from: IngestSource): from is RetryDeadLetters {
  return typeof from === 'object' && from !== null && 'retryDeadLetters' in from;
}

function assertSource(source: InputsLike | Source): void {
  if (!isSource(source)) return assertInputs(source, 'source');
  if (source.size !== undefined) assertInteger(source.size, 'source.size', { min: 0 });
  if (source.leaseMs !== undefined) assertDurationMs(source.leaseMs, 'source.leaseMs', 1);
}
