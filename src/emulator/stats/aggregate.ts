import type { StatValueAggregate, StatValueAggregateQuery } from '../../../generated/proto/clarifai/api/resources';
import { StatValueAggType } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { StoredStatValue } from '../state/stat-values';
import { toTimestamp } from '../state/timestamp';
import { binStart } from './bin-start';

interface Group {
  readonly binMs: number | undefined;
  readonly tags: readonly string[];
  readonly values: number[];
}

/** One row for each combination of a time bin and of the tags of the query's groups that has values, oldest first. */
export function aggregate(
  values: Iterable<StoredStatValue>,
  query: StatValueAggregateQuery,
  nowMs: number,
): DeepPartial<StatValueAggregate>[] {
  const groups = new Map<string, Group>();
  for (const one of values) {
    if (!passes(one, query, nowMs)) continue;
    const tags = tagsIn(one, query.tagGroups);
    if (tags === undefined) continue;
    const binMs = binStart(one.timeMs, query.statTimeAggType);
    const key = JSON.stringify([binMs, tags]);
    const group = groups.get(key) ?? { binMs, tags, values: [] };
    groups.set(key, group);
    group.values.push(one.value);
  }
  const sorted = [...groups].sort(([one, a], [other, b]) => (a.binMs ?? 0) - (b.binMs ?? 0) || (one < other ? -1 : 1));
  return sorted.map(([, { binMs, tags, values: grouped }]) => ({
    ...(binMs !== undefined && { time: toTimestamp(binMs) }),
    aggregateValue: combine(grouped, query),
    count: grouped.length,
    tags,
  }));
}

/** Both ends of the time range are in it. */
function passes({ timeMs, tags }: StoredStatValue, query: StatValueAggregateQuery, nowMs: number): boolean {
  const fromMs = query.startTime === undefined ? Number.NEGATIVE_INFINITY : toMs(query.startTime);
  const toMsIncluded = query.endTime === undefined ? nowMs : toMs(query.endTime);
  return timeMs >= fromMs && timeMs <= toMsIncluded && query.tags.every((tag) => tags.includes(tag));
}

/** `undefined` for a value that has no tag of one of the groups. */
function tagsIn({ tags }: StoredStatValue, groups: readonly string[]): readonly string[] | undefined {
  const found = groups.map((group) => tags.find((tag) => tag.startsWith(`${group}:`)));
  return found.includes(undefined) ? undefined : found.filter((tag) => tag !== undefined);
}

function combine(values: readonly number[], { statValueAggType }: StatValueAggregateQuery): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return statValueAggType === StatValueAggType.AVG ? sum / values.length : sum;
}

export function toMs({ seconds, nanos }: { readonly seconds: unknown; readonly nanos: number }): number {
  return Number(seconds) * 1000 + nanos / 1_000_000;
}
