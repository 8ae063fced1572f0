import { isNativeError } from 'node:util/types';
import type { Annotation } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertIterable, assertObject } from '../base/assert';
import { AlreadyExistsError, ClarifaiError } from '../base/errors';
import { maxInputsPerRequest } from '../base/limits';
import { ingest } from '../ingestion/ingest';
import type { IngestOptions } from '../ingestion/ingest-options';
import type { IngestionOutcome } from '../ingestion/outcome';
import { type AnnotationContent, toAnnotationContent } from '../inputs/annotation';
import { annotationBytes, annotationId } from '../inputs/annotation-id';
import type { InputLike, InputLiteral } from '../inputs/input-like';
import { literalOf } from '../inputs/literal-of';
import { batch } from '../operations/batch';
import { gather } from '../operations/gather';
import { mapConcurrent } from '../operations/map-concurrent';
import type { Outcome } from '../operations/outcome';
import { type Scope, toUserAppId } from '../operations/scope';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { AnnotationInfo } from './annotations';
import type { ResourceContext } from './context';
import { inDataset } from './in-dataset';

/** An input with what is said of it: concepts of the whole in `concepts`, and boxes, polygons and the like in `annotations`. */
export type AnnotatedInput = InputLiteral & { readonly annotations?: readonly AnnotationContent[] | undefined };

/** What a loader yields: an Error in place of an input says that it could not be had, and the others go on. */
export type AnnotatedInputs =
  Iterable<AnnotatedInput | InputLike | Error> | AsyncIterable<AnnotatedInput | InputLike | Error>;

/**
 * What became of one annotation. `unsent` are those of an input that the app does not have; `already-existed` means that an
 * earlier upload, or an attempt whose answer was lost, has made it.
 */
export type AnnotationOutcome =
  | { readonly id: string; readonly kind: 'created'; readonly annotation: AnnotationInfo }
  | { readonly id: string; readonly kind: 'already-existed' | 'rejected'; readonly error: ClarifaiError }
  | { readonly id: string | undefined; readonly kind: 'unsent'; readonly reason: unknown };

/** What became of one item of a loader: of its input, and of each of its annotations, in their order. */
export interface AnnotatedOutcome {
  readonly input: IngestionOutcome;
  readonly annotations: readonly AnnotationOutcome[];
}

/** Options of `Dataset.upload`, which needs no journal: to run it again makes nothing twice. */
export type UploadOptions = Omit<IngestOptions, 'resume' | 'deadLetters'>;

/** Requests for annotations at once. */
const concurrency = 4;

/** An annotation whose input's id is not known yet. */
interface Draft {
  readonly message: DeepPartial<Annotation>;
  readonly bytes: Uint8Array;
}

/** Adds inputs, and then what is said of each. See `Dataset.upload`. */
export async function* uploadAnnotated(
  context: ResourceContext,
  scope: Scope,
  datasetId: string,
  items: AnnotatedInputs,
  { ack = 'confirmed', ...options }: UploadOptions,
): AsyncGenerator<AnnotatedOutcome, void, undefined> {
  assertIterable(items, 'items');
  const drafts = new Map<number, readonly Draft[]>();
  const inputs = inDataset(withoutAnnotations(items, drafts), datasetId);
  const run = ingest({ ...context.ingestion, scope }, inputs, { ...options, ack });
  const weigh = ({ index }: IngestionOutcome): number => drafts.get(index)?.length ?? 0;
  const groups = gather(run, { weigh, maxWeight: maxInputsPerRequest, readAhead: 2 * maxInputsPerRequest });
  const annotate = async (
    group: readonly IngestionOutcome[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly AnnotatedOutcome[]> => {
    const annotated = group.map((input) => ({ input, drafts: drafts.get(input.index) ?? [] }));
    for (const { index } of group) drafts.delete(index);
    return postAnnotations(context, scope, annotated, { ...callOf(options), signal });
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

function toDraft(annotation: AnnotationContent, name: string): Draft {
  const message = toAnnotationContent(annotation, name);
  return { message, bytes: annotationBytes(message, name) };
}

interface Annotated {
  readonly input: IngestionOutcome;
  readonly drafts: readonly Draft[];
}

async function postAnnotations(
  context: ResourceContext,
  scope: Scope,
  group: readonly Annotated[],
  call: CallOptions & { readonly signal: AbortSignal },
): Promise<readonly AnnotatedOutcome[]> {
  const messages = group.flatMap(({ input, drafts }) => (isThere(input) ? named(drafts, input.id) : []));
  const outcomes = (await post(context, scope, messages, call))[Symbol.iterator]();
  return group.map(({ input, drafts }) => {
    const annotations = drafts.map(({ message }): AnnotationOutcome => {
      if (isThere(input)) return outcomes.next().value as AnnotationOutcome;
      return { id: message.id, kind: 'unsent', reason: reasonOf(input) };
    });
    return { input, annotations };
  });
}

function reasonOf(input: IngestionOutcome): unknown {
  if ('error' in input) return input.error;
  return 'reason' in input ? input.reason : undefined;
}

type Present = IngestionOutcome & { readonly id: string } & {
  readonly kind: 'accepted' | 'confirmed' | 'already-existed';
};

/** Whether the app has the input. */
function isThere(outcome: IngestionOutcome): outcome is Present {
  const { kind, id } = outcome;
  return id !== undefined && (kind === 'accepted' || kind === 'confirmed' || kind === 'already-existed');
}

type Named = DeepPartial<Annotation> & { readonly id: string };

function named(drafts: readonly Draft[], inputId: string): Named[] {
  const seen = new Map<string, number>();
  return drafts.map(({ message, bytes }) => {
    const key = Buffer.from(bytes).toString('latin1');
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { ...message, inputId, id: message.id ?? annotationId(inputId, bytes, occurrence) };
  });
}

async function post(
  { invoke, ingestion: { limiter } }: ResourceContext,
  scope: Scope,
  messages: readonly Named[],
  call: CallOptions & { readonly signal: AbortSignal },
): Promise<readonly AnnotationOutcome[]> {
  if (messages.length === 0) return [];
  const userAppId = toUserAppId(scope);
  // A second annotation with the same id is refused, so that what may have arrived can be sent again.
  const options = { ...call, idempotent: true, partial: { items: 'annotations' } };
  try {
    const outcomes = await batch<Named, Annotation>({
      method: 'PostAnnotations',
      name: 'annotations',
      items: messages,
      signal: call.signal,
      idOf: ({ id }) => id,
      send: async (annotations) => {
        const permit = await limiter.acquire(call.signal);
        try {
          return (await invoke('PostAnnotations', { userAppId, annotations }, options)).annotations;
        } finally {
          // How inputs are sent does not go by how annotations fare.
          permit.cancel();
        }
      },
    });
    return outcomes.map(toAnnotationOutcome);
  } catch (error) {
    const isPassing = error instanceof ClarifaiError && ['transient', 'throttled', 'notReady'].includes(error.category);
    if (!isPassing) throw error;
    return messages.map(({ id }) => ({ id, kind: 'rejected', error }));
  }
}

function toAnnotationOutcome(outcome: Outcome<AnnotationInfo>): AnnotationOutcome {
  // Every annotation was given an id.
  const id = outcome.id ?? '';
  if (outcome.ok) return { id, kind: 'created', annotation: outcome.value };
  const { error } = outcome;
  return { id, kind: error instanceof AlreadyExistsError ? 'already-existed' : 'rejected', error };
}
