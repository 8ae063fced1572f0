import type { Filter, TimeRange } from '../../../generated/proto/clarifai/api/resources';
import type { Timestamp } from '../../../generated/google/protobuf/timestamp';
import type { DeepPartial } from '../../wire/codec';
import type { StoredAnnotation } from '../state/annotations';
import type { InputRecord } from '../state/input-record';
import { matchesAnnotation } from './match-annotation';
import { matchesInput } from './match-input';

type FilterMessage = DeepPartial<Filter>;

/** Whether an input matches all filters, each by itself or by one of its annotations. */
export function inputPasses(
  record: InputRecord,
  annotations: readonly StoredAnnotation[],
  filters: readonly FilterMessage[],
): boolean {
  return filters.every(
    (filter) => annotations.some((annotation) => matches(record, annotation, filter)) === (filter.negate !== true),
  );
}

/** Whether one annotation, with its input, matches all filters. */
export function annotationPasses(
  record: InputRecord,
  annotation: StoredAnnotation,
  filters: readonly FilterMessage[],
): boolean {
  return filters.every((filter) => matches(record, annotation, filter) === (filter.negate !== true));
}

function matches(record: InputRecord, annotation: StoredAnnotation, filter: FilterMessage): boolean {
  return (
    (filter.input === undefined || matchesInput(record, filter.input)) &&
    (filter.annotation === undefined || matchesAnnotation(annotation, filter.annotation)) &&
    (filter.lastUpdatedTimeRange === undefined || isWithin(annotation.modifiedAt, filter.lastUpdatedTimeRange))
  );
}

function isWithin(at: DeepPartial<Timestamp> | undefined, { startTime, endTime }: DeepPartial<TimeRange>): boolean {
  const nowMs = toMs(at);
  return (startTime === undefined || nowMs >= toMs(startTime)) && (endTime === undefined || nowMs <= toMs(endTime));
}

function toMs({ seconds = 0, nanos = 0 }: DeepPartial<Timestamp> = {}): number {
  return Number(seconds.toString()) * 1000 + nanos / 1_000_000;
}
