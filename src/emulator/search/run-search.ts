import { setImmediate } from 'node:timers/promises';
import type { Pagination } from '../../../generated/proto/clarifai/api/service';
import type { Search } from '../../../generated/proto/clarifai/api/resources';
import { Search_Metric } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { Call } from '../service/call';
import { defaultPerPage, perPageOf } from '../service/page';
import type { StoredAnnotation } from '../state/annotations';
import { inputAnnotation } from '../state/annotations';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { annotationPasses, inputPasses } from './apply-filters';
import type { QueryPlan } from './query-plan';
import { planQuery } from './query-plan';
import type { Scorer } from './scorers';
import { scorerOf } from './scorers';
import type { Metric } from './visual-score';

export interface FoundHit {
  readonly record: InputRecord;
  readonly annotation: StoredAnnotation;
  readonly score: number;
}

export interface Found {
  /** One page of them, best first. */
  readonly hits: readonly FoundHit[];
  readonly total: number;
}

/** What a hit is: an input, or one annotation of it. */
export type HitKind = 'input' | 'annotation';

type SearchMessage = DeepPartial<Search>;

/** How far hits can be paged through; no document says where the service stops. */
const deepestHit = 10_000;
/** Inputs that are looked at before other calls get a turn. */
const turn = 2000;

/** Searches an app. The inputs are looked at one by one: an index would take more memory than they do. */
export async function runSearch(
  app: AppState,
  search: SearchMessage,
  kind: HitKind,
  pagination: Pagination | undefined,
  call: Call,
): Promise<Found> {
  const [from, to] = bounds(pagination, call);
  const plan = planQuery(search.query ?? {});
  const context = { app, world: call.world, language: plan.language, metric: metricOf(search) };
  const scorers = plan.ranks.map((rank) => scorerOf(rank, context));
  const hits: FoundHit[] = [];
  let looked = 0;
  for (const record of app.inputs.list()) {
    if (++looked % turn === 0) {
      await setImmediate();
      call.signal.throwIfAborted();
    }
    if (!isSearchable(record, plan)) continue;
    const found = matching(record, plan, kind);
    const score = found.length === 0 ? undefined : scoreOf(record, scorers);
    if (score === undefined || score < (search.minValue ?? 0)) continue;
    for (const annotation of found) hits.push({ record, annotation, score });
  }
  if (scorers.length > 0) hits.sort((one, other) => other.score - one.score);
  return { hits: hits.slice(from, to), total: hits.length };
}

function bounds(pagination: Pagination | undefined, { world }: Call): [from: number, to: number] {
  const perPage = perPageOf(pagination?.perPage ?? 0, defaultPerPage, world.options.limits);
  const page = Math.max(pagination?.page ?? 0, 1);
  if (page * perPage > deepestHit) {
    const details = `Invalid pagination: page * perPage cannot exceed ${deepestHit}.`;
    throw refuse(StatusCode.SEARCH_INVALID_REQUEST, details, 'Invalid request');
  }
  return [(page - 1) * perPage, page * perPage];
}

function metricOf({ metric, algorithm = '' }: SearchMessage): Metric {
  if (metric !== Search_Metric.COSINE_DISTANCE) return 'euclidean';
  if (algorithm.endsWith('brute_force')) return 'cosine';
  const details = "The metric COSINE_DISTANCE needs the algorithm 'brute_force'.";
  throw refuse(StatusCode.SEARCH_INVALID_REQUEST, details, 'Invalid request');
}

/** Inputs are indexed once they are processed; the others are found only by their status. */
function isSearchable({ statusCode }: InputRecord, { filters }: QueryPlan): boolean {
  return statusCode === StatusCode.INPUT_SUCCESS || filters.some(({ input }) => input?.status?.code !== undefined);
}

function matching(record: InputRecord, { filters }: QueryPlan, kind: HitKind): readonly StoredAnnotation[] {
  const whole = inputAnnotation(record);
  const annotations = [whole, ...record.annotations];
  if (kind === 'input') return inputPasses(record, annotations, filters) ? [whole] : [];
  // Without a filter that tells them apart, the annotations of one input are one hit.
  const candidates = filters.some(({ annotation }) => annotation !== undefined) ? annotations : [whole];
  return candidates.filter((annotation) => annotationPasses(record, annotation, filters));
}

/** The mean over all ranks; 1 when there is nothing to rank by. */
function scoreOf(record: InputRecord, scorers: readonly Scorer[]): number | undefined {
  let sum = 0;
  for (const score of scorers) {
    const value = score(record);
    if (value === undefined) return undefined;
    sum += value;
  }
  return scorers.length === 0 ? 1 : sum / scorers.length;
}
