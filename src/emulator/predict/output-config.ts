import type { Concept, Data, OutputConfig, Region } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';

type Concepts = readonly DeepPartial<Concept>[];

/** Concepts in an answer that did not ask for a number. */
export const defaultMaxConcepts = 20;
const mostConcepts = 200;

const sampleRange = { leastMs: 100, mostMs: 60_000 } as const;

/** @throws Refusal in the service's words when a number is out of range */
export function assertOutputConfig({ maxConcepts = 0, minValue = 0, sampleMs = 0 }: DeepPartial<OutputConfig>): void {
  if (maxConcepts > mostConcepts) {
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, "'max_concepts' must be within the interval (0, 200]");
  }
  if (!(minValue >= 0 && minValue <= 1)) {
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, "'min_value' must be within the interval [0,1].");
  }
  const { leastMs, mostMs } = sampleRange;
  if (sampleMs !== 0 && (sampleMs < leastMs || sampleMs > mostMs)) {
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, `'sample_ms' must be within the interval [${leastMs}, ${mostMs}]`);
  }
}

/** Keeps the concepts that the request asked for: of the whole, and of each of its regions and frames. */
export function applyOutputConfig(data: DeepPartial<Data>, config: DeepPartial<OutputConfig>): DeepPartial<Data> {
  const { concepts, regions, frames } = data;
  if (concepts === undefined && regions === undefined && frames === undefined) return data;
  return {
    ...data,
    ...(concepts && { concepts: chosen(concepts, config) }),
    ...(regions && { regions: regions.flatMap((region) => inRegion(region, config)) }),
    ...(frames && { frames: frames.map((frame) => ({ ...frame, data: applyOutputConfig(frame.data ?? {}, config) })) }),
  };
}

function chosen(
  concepts: Concepts,
  { maxConcepts = 0, minValue = 0, selectConcepts = [] }: DeepPartial<OutputConfig>,
): Concepts {
  return concepts
    .filter((concept) => (concept.value ?? 0) >= minValue && isSelected(concept, selectConcepts))
    .slice(0, maxConcepts || defaultMaxConcepts);
}

/** A region goes with the last of its concepts. */
function inRegion(region: DeepPartial<Region>, config: DeepPartial<OutputConfig>): DeepPartial<Region>[] {
  const { concepts } = region.data ?? {};
  if (concepts === undefined || concepts.length === 0) return [region];
  const kept = chosen(concepts, config);
  return kept.length === 0 ? [] : [{ ...region, data: { ...region.data, concepts: kept } }];
}

function isSelected({ id, name }: DeepPartial<Concept>, selected: Concepts): boolean {
  if (selected.length === 0) return true;
  return selected.some((one) => (one.id ? one.id === id : one.name === name));
}
