import type { Annotation } from '../../generated/proto/clarifai/api/resources';
import { sleep } from '../base/abort';
import { AlreadyExistsError, type ClarifaiError } from '../base/errors';
import type { IngestionOutcome } from '../ingestion/outcome';
import { type AnnotationContent, toAnnotationContent } from '../inputs/annotation';
import { annotationBytes, annotationId } from '../inputs/annotation-id';
import { backoffMs } from '../operations/backoff';
import { batch } from '../operations/batch';
import type { Outcome } from '../operations/outcome';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { AnnotationInfo } from './annotations';
import type { ScopedContext } from './context';

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
  /** What became of the input. */
  readonly input: IngestionOutcome;
  /** What became of its annotations. */
  readonly annotations: readonly AnnotationOutcome[];
}

/** An annotation whose input's id is not known yet. */
export interface Draft {
  readonly message: DeepPartial<Annotation>;
  readonly bytes: Uint8Array;
}

/** How each request is made. */
export type AnnotationCall = CallOptions & { readonly signal: AbortSignal };

/** An item on its way to its outcome. */
export interface DraftedInput {
  readonly input: IngestionOutcome;
  readonly drafts: readonly Draft[];
}

/** Says of inputs what is to be said of them, where the app has them. */
export async function postAnnotations(
  context: ScopedContext,
  group: readonly DraftedInput[],
  call: AnnotationCall,
): Promise<readonly AnnotatedOutcome[]> {
  const messages = group.flatMap(({ input, drafts }) => (isThere(input) ? named(drafts, input.id) : []));
  const outcomes = (await post(context, messages, call))[Symbol.iterator]();
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

/** Waits between rounds of attempts while the service is away, as long as an ingestion waits. */
const outage = { baseDelayMs: 1_000, maxDelayMs: 60_000 };

/** As inputs do, annotations wait for a service that is away, unless `maxAttempts` says how often. */
async function post(
  context: ScopedContext,
  messages: readonly Named[],
  call: AnnotationCall,
): Promise<readonly AnnotationOutcome[]> {
  const { baseDelayMs = outage.baseDelayMs, maxDelayMs = outage.maxDelayMs, maxAttempts } = call.retry ?? {};
  const isPatient = call.retry !== null && maxAttempts === undefined;
  const outcomes = new Map<Named, AnnotationOutcome>();
  let open = messages;
  for (let round = 1; open.length > 0; round++) {
    const sent = await postOnce(context, open, call);
    const waiting: Named[] = [];
    open.forEach((message, index) => {
      const outcome = sent[index];
      if (outcome === undefined) return;
      if (isPatient && !outcome.ok && isPassing(outcome.error)) waiting.push(message);
      else outcomes.set(message, toAnnotationOutcome(outcome));
    });
    open = waiting;
    const delayMs = backoffMs({ retry: round, baseDelayMs, maxDelayMs }, Math.random);
    if (open.length > 0) await sleep(delayMs, context.clock, call.signal);
  }
  return messages.flatMap((message) => outcomes.get(message) ?? []);
}

function postOnce(
  { invoke, userAppId, ingestion: { limiter } }: ScopedContext,
  messages: readonly Named[],
  call: AnnotationCall,
): Promise<Outcome<AnnotationInfo>[]> {
  // A second annotation with the same id is refused, so that what may have arrived can be sent again.
  const options = { ...call, idempotent: true, partial: { items: 'annotations' } };
  return batch({
    method: 'PostAnnotations',
    name: 'annotations',
    items: messages,
    signal: call.signal,
    idOf: ({ id }) => id,
    send: async (annotations) => {
      const permit = await limiter.acquire(call.signal);
      try {
        return await invoke('PostAnnotations', { userAppId, annotations }, options);
      } finally {
        // How inputs are sent does not go by how annotations fare.
        permit.cancel();
      }
    },
    messagesOf: (answer) => answer.annotations,
  });
}

function isPassing({ category }: ClarifaiError): boolean {
  return category === 'transient' || category === 'throttled';
}

function toAnnotationOutcome(outcome: Outcome<AnnotationInfo>): AnnotationOutcome {
  // Every annotation was given an id.
  const id = outcome.id ?? '';
  if (outcome.ok) return { id, kind: 'created', annotation: outcome.value };
  const { error } = outcome;
  return { id, kind: error instanceof AlreadyExistsError ? 'already-existed' : 'rejected', error };
}

/** @throws InvalidRequestError naming the argument and the value */
export function toDraft(annotation: AnnotationContent, name: string): Draft {
  const message = toAnnotationContent(annotation, name);
  return { message, bytes: annotationBytes(message, name) };
}
