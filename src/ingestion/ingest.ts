import { createHash } from 'node:crypto';
import { Input as inputCodec } from '../../generated/codec/core';
import { assertIterable } from '../base/assert';
import type { Clock } from '../base/clock';
import type { InputsLike } from '../inputs/input-like';
import type { BuiltInput } from '../inputs/to-input';
import type { Invoke } from '../operations/invoker';
import { type Scope, toUserAppId } from '../operations/scope';
import type { ResolvedCallOptions } from '../options/resolve-call-options';
import { type IngestOptions, resolveIngestOptions } from './ingest-options';
import { IngestionRun } from './ingestion-run';
import type { Limiter } from './limiter';

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
  readonly makeId?: (built: BuiltInput) => string;
  /** `'call'` when someone waits for it to end soon, `'run'` when it goes on until all is done. @default 'run' */
  readonly patience?: 'call' | 'run';
}

/** RPC: V2.PostInputs. See `Clarifai.ingest`. */
export function ingest(
  context: IngestContext,
  source: InputsLike,
  options: IngestOptions,
  { makeId = contentId, patience = 'run' }: IngestManner = {},
): IngestionRun {
  const { invoke, scope, limiter, clock, defaults, random = Math.random } = context;
  assertIterable(source, 'source');
  const resolved = resolveIngestOptions(defaults, options, patience);
  if (resolved.requestsPerSecond !== undefined) limiter.setRate(resolved.requestsPerSecond);
  return new IngestionRun({
    ...{ source, limiter, clock, options: resolved },
    withId: (built) => withIdFrom(built, makeId),
    sender: { invoke, userAppId: toUserAppId(scope), random },
  });
}

/** The id that an input's content decides: loading the same again makes no second copy. */
function contentId(built: BuiltInput): string {
  return createHash('sha256').update(inputCodec.encode(built.message)).digest('hex').slice(0, 32);
}

function withIdFrom(built: BuiltInput, makeId: (built: BuiltInput) => string): BuiltInput {
  if (built.message.id !== undefined) return built;
  const id = makeId(built);
  // The id's tag, its length and its characters: it is short, and ASCII.
  return { ...built, message: { ...built.message, id }, encodedBytes: built.encodedBytes + 2 + id.length };
}
