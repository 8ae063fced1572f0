import type { OutputConfig } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertInteger, assertNumber, assertObject, assertString } from '../base/assert';
import { type ConceptRef, toConceptRef } from '../inputs/concepts';
import type { DeepPartial } from '../wire/codec';

/** What the answer of a model should hold. */
export interface OutputConfigLike {
  /** Concepts per output, at most 200. @default 20, the service's */
  readonly maxConcepts?: number | undefined;
  /** Least value of a concept, 0 to 1. @default 0, the service's */
  readonly minValue?: number | undefined;
  /** Answer for these concepts only, by id or name. */
  readonly selectConcepts?: readonly ConceptRef[] | undefined;
  /** Language of the concepts' names, such as `de`. @default the app's */
  readonly language?: string | undefined;
  /** Milliseconds between the frames of a video that are looked at. @default 1000, the service's */
  readonly sampleMs?: number | undefined;
}

const maxConceptsPerOutput = 200;

export function toOutputConfig(config: OutputConfigLike): DeepPartial<OutputConfig> {
  assertObject(config, 'outputConfig', ['maxConcepts', 'minValue', 'selectConcepts', 'language', 'sampleMs']);
  const { maxConcepts, minValue, selectConcepts, language, sampleMs } = config;
  if (maxConcepts !== undefined) {
    assertInteger(maxConcepts, 'outputConfig.maxConcepts', { min: 1, max: maxConceptsPerOutput });
  }
  if (selectConcepts !== undefined) assertArray(selectConcepts, 'outputConfig.selectConcepts', 'an array of concepts');
  if (minValue !== undefined) assertNumber(minValue, 'outputConfig.minValue', { min: 0, max: 1 });
  if (language !== undefined) assertString(language, 'outputConfig.language', { nonEmpty: true });
  if (sampleMs !== undefined) assertInteger(sampleMs, 'outputConfig.sampleMs', { min: 1 });
  return {
    maxConcepts,
    minValue,
    language,
    sampleMs,
    selectConcepts: selectConcepts?.map((concept, index) =>
      toConceptRef(concept, `outputConfig.selectConcepts[${index}]`),
    ),
  };
}
