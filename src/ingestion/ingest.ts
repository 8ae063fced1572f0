import { hash } from 'node:crypto';
import { assertDurationMs, assertInteger } from '../base/assert';
import type { Clock } from '../base/clock';
import { assertInputs } from '../inputs/assert-inputs';
import type { InputsLike } from '../inputs/input-like';
import type { MakeId } from '../inputs/prepare-inputs';
import type { Invoke } from '../operations/invoker';
import { type Scope, toUserAppId } from '../operations/scope';
import type { ResolvedCallOptions } from '../options/resolve-call-options';
import { type IngestOptions, resolveIngestOptions } from './ingest-options';
import { IngestionRun } from './ingestion-run';
import type { Limiter } from './limiter';
import { isSource, type Source } from './source';

/** What the client gives an ingestion. */
export interface IngestContext {
  readonly invoke: Invoke;
  readonly scope: Scope;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** The client's defaults for calls. */
  readonly defaults?: ResolvedCallOptions | undefined;
  /** Between 0 and 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** How one run differs from another. */
export interface IngestManner {
  /** Makes the id of an input that has none. @default one made from its content */
  readonly makeId?: MakeId;
  /** `'call'` when someone waits for it to end soon, `'run'` when it goes on until all is done. @default 'run' */
  readonly patience?: 'call' | 'run';
}

/** RPC: V2.PostInputs. See `Clarifai.ingest`. */
export function ingest(
  context: IngestContext,
  source: InputsLike | Source,
  options: IngestOptions,
  { makeId = contentId, patience = 'run' }: IngestManner = {},
): IngestionRun {
  const { invoke, scope, limiter, clock, defaults, random = Math.random } = context;
  assertSource(source);
  const resolved = resolveIngestOptions(defaults, options, patience);
  if (resolved.requestsPerSecond !== undefined) limiter.setRate(resolved.requestsPerSecond);
  return new IngestionRun({
    ...{ source, makeId, limiter, clock, options: resolved },
    sender: { invoke, userAppId: toUserAppId(scope), random },
  });
}

function assertSource(source: InputsLike | Source): void {
  if (!isSource(source)) return assertInputs(source, 'source');
  if (source.size !== undefined) assertInteger(source.size, 'source.size', { min: 0 });
  if (source.leaseMs !== undefined) assertDurationMs(source.leaseMs, 'source.leaseMs', 1);
}

/** The id that an input's content decides: loading the same again makes no second copy. */
function contentId(content: () => Uint8Array): string {
  return hash('sha256', content(), 'hex').slice(0, 32);
}
