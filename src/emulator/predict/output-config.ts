import type { Concept, Data, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';

/** Concepts in an answer that did not ask for a number. */
export const defaultMaxConcepts = 20;
const mostConcepts = 200;

/** @throws Refusal in the service's words when a number is out of range */
export function assertOutputConfig({ maxConcepts = 0, minValue = 0 }: DeepPartial<OutputConfig>): void {
  if (maxConcepts > mostConcepts) {
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, "'max_concepts' must be within the interval (0, 200]");
  }
  if (!(minValue >= 0 && minValue <= 1)) {
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, "'min_value' must be within the interval [0,1].");
  }
}

/** Keeps the concepts that the request asked for. */
export function applyOutputConfig(data: DeepPartial<Data>, config: DeepPartial<OutputConfig>): DeepPartial<Data> {
  if (data.concepts === undefined) return data;
  const { maxConcepts = 0, minValue = 0, selectConcepts = [] } = config;
  const concepts = data.concepts
    .filter((concept) => (concept.value ?? 0) >= minValue && isSelected(concept, selectConcepts))
    .slice(0, maxConcepts || defaultMaxConcepts);
  return { ...data, concepts };
}

function isSelected({ id, name }: DeepPartial<Concept>, selected: readonly DeepPartial<Concept>[]): boolean {
  if (selected.length === 0) return true;
  return selected.some((one) => (one.id ? one.id === id : one.name === name));
}
