import { isNativeError } from 'node:util/types';
import { assertArray, assertIterable, assertObject } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import { maxInputsPerRequest } from '../base/limits';
import { ingest } from '../ingestion/ingest';
import type { IngestOptions } from '../ingestion/ingest-options';
import type { IngestionOutcome } from '../ingestion/outcome';
import type { AnnotationContent } from '../inputs/annotation';
import type { InputLike, InputLiteral } from '../inputs/input-like';
import { literalOf } from '../inputs/literal-of';
import { gather } from '../operations/gather';
import { mapConcurrent } from '../operations/map-concurrent';
import type { CallOptions } from '../options/call-options';
import type { ScopedContext } from './context';
import { inDataset } from './in-dataset';
import { type AnnotatedOutcome, type Draft, postAnnotations, toDraft } from './post-drafts';

/** An input with what is said of it: concepts of the whole in `concepts`, and boxes, polygons and the like in `annotations`. */
export type AnnotatedInput = InputLiteral & { readonly annotations?: readonly AnnotationContent[] | undefined };

/** What a loader yields: an Error in place of an input says that it could not be had, and the others go on. */
export type AnnotatedInputs =
  Iterable<AnnotatedInput | InputLike | Error> | AsyncIterable<AnnotatedInput | InputLike | Error>;

/** Options of `Dataset.upload`, which needs no journal: to run it again makes nothing twice. */
export type UploadOptions = Omit<IngestOptions, 'resume' | 'deadLetters'>;

/** Requests for annotations at once. */
const concurrency = 4;

/** Adds inputs, and then what is said of each. See `Dataset.upload`. */
export async function* uploadAnnotated(
  context: ScopedContext,
  datasetId: string,
  items: AnnotatedInputs,
  options: UploadOptions,
): AsyncGenerator<AnnotatedOutcome, void, undefined> {
  assertIterable(items, 'items');
  assertObject(options, 'options', undefined, { hideValue: true });
  const { ack = 'confirmed' } = options;
  const drafts = new Map<number, readonly Draft[]>();
  const inputs = inDataset(withoutAnnotations(items, drafts), datasetId);
  const run = ingest({ ...context.ingestion, scope: context.scope }, inputs, { ...options, ack });
  const weigh = ({ index }: IngestionOutcome): number => drafts.get(index)?.length ?? 0;
  const groups = gather(run, { weigh, maxWeight: maxInputsPerRequest, readAhead: 2 * maxInputsPerRequest });
  const annotate = async (
    group: readonly IngestionOutcome[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly AnnotatedOutcome[]> => {
    const annotated = group.map((input) => ({ input, drafts: drafts.get(input.index) ?? [] }));
    for (const { index } of group) drafts.delete(index);
    return postAnnotations(context, annotated, { ...callOf(options), signal });
  };
  try {
    for await (const group of mapConcurrent(groups, annotate, { concurrency, signal: options.signal })) yield* group;
  } finally {
    await run.close('abort');
  }
}

function callOf({ attemptTimeoutMs, metadata, onHeader, onTrailer, retry }: UploadOptions): CallOptions {
  return { attemptTimeoutMs, metadata, onHeader, onTrailer, retry };
}

/** The inputs alone; what is said of them is kept by their place in the source. */
async function* withoutAnnotations(
  items: AnnotatedInputs,
  drafts: Map<number, readonly Draft[]>,
): AsyncGenerator<InputLike | Error, void, undefined> {
  let index = 0;
  for await (const item of items) {
    yield split(item, index, drafts);
    index += 1;
  }
}

/** An input with an annotation that is wrong is not sent: the error takes its place. */
function split(
  item: AnnotatedInput | InputLike | Error,
  index: number,
  drafts: Map<number, readonly Draft[]>,
): InputLike | Error {
  if (isNativeError(item)) return item;
  const literal: unknown = literalOf(item);
  const name = `inputs[${index}]`;
  try {
    assertObject(literal, name);
    const { annotations = [], ...input } = literal as AnnotatedInput;
    assertArray(annotations, `${name}.annotations`, 'an array of annotations');
    if (annotations.length > 0) {
      const own = annotations.map((annotation, at) => toDraft(annotation, `${name}.annotations[${at}]`));
      drafts.set(index, own);
    }
    return input;
  } catch (error) {
    if (error instanceof ClarifaiError) return error;
    throw error;
  }
}
