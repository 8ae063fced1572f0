import { createHash } from 'node:crypto';
import { Input as inputCodec } from '../../generated/codec/core';
import { assertInteger, assertIterable } from '../base/assert';
import type { Clock } from '../base/clock';
import type { InputsLike } from '../inputs/input-like';
import { maxRequestBytes } from '../base/limits';
import type { BuiltInput } from '../inputs/to-input';
import type { Invoke } from '../operations/invoker';
import type { Scope } from '../operations/scope';
import type { CallOptions } from '../options/call-options';
import { resolveCallOptions } from '../options/resolve-call-options';
import { IngestionRun } from './ingestion-run';
import { Pipeline } from './pipeline';

export interface IngestOptions extends CallOptions {
  /** Requests in flight. @default 4 */
  readonly concurrency?: number | undefined;
  /**
   * Encoded bytes at which a chunk is sent when it has no 128 inputs yet: a request of this size takes seconds, not
   * minutes, on a usual line. @default 16777216 (16 MiB)
   */
  readonly chunkBytes?: number | undefined;
}

export const defaultIngestConcurrency = 4;
export const defaultChunkBytes: number = 16 * 1024 * 1024;

/** What the client gives an ingestion. */
export interface IngestContext {
  readonly invoke: Invoke;
  readonly scope: Scope;
  /** Makes the id of an input that has none. */
  readonly makeId: (built: BuiltInput) => string;
  readonly clock: Clock;
}

/** RPC: V2.PostInputs. See `Clarifai.ingest`. */
export function ingest(context: IngestContext, source: InputsLike, options: IngestOptions): IngestionRun {
  const { invoke, scope, makeId, clock } = context;
  const { concurrency = defaultIngestConcurrency, chunkBytes = defaultChunkBytes, ...callOptions } = options;
  assertIterable(source, 'source');
  resolveCallOptions(undefined, options, { alsoKnown: ['concurrency', 'chunkBytes'] });
  assertInteger(concurrency, 'concurrency', { min: 1 });
  assertInteger(chunkBytes, 'chunkBytes', { min: 1, max: maxRequestBytes });
  const withId = (built: BuiltInput): BuiltInput => withIdFrom(built, makeId);
  return new IngestionRun(new Pipeline(source, { invoke, scope, withId, concurrency, chunkBytes, callOptions }), clock);
}

/** The id that an input's content decides: loading the same again makes no second copy. */
export function contentId(built: BuiltInput): string {
  return createHash('sha256').update(inputCodec.encode(built.message)).digest('hex').slice(0, 32);
}

function withIdFrom(built: BuiltInput, makeId: (built: BuiltInput) => string): BuiltInput {
  if (built.message.id !== undefined) return built;
  const message = { ...built.message, id: makeId(built) };
  return { ...built, message, encodedBytes: inputCodec.size(message) };
}
