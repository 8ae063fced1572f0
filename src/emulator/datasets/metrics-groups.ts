import type { DatasetVersionMetricsGroup } from '../../../generated/proto/clarifai/api/resources';
import { DatasetVersionMetricsGroupType as Type } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { conceptsIn, isPositive } from '../search/match-concepts';
import type { VersionedInput } from '../state/dataset-version-state';
import { mediaKinds } from '../state/input-urls';
import type { InputMetrics } from './input-metrics';
import { addMetrics, metricsOf, toMessage } from './input-metrics';

/** The values by which an input belongs to groups of one type: the same as in the service's own charts. */
const groupings: readonly (readonly [Type, (input: VersionedInput, metrics: InputMetrics) => readonly unknown[]])[] = [
  [Type.INPUT_TYPE, ({ data }) => mediaKinds.filter((kind) => data[kind] !== undefined).map(inPlural)],
  [Type.CONCEPT_ID, (input) => [...positiveConcepts(input)]],
  [Type.CONCEPTS_COUNT, (input) => [positiveConcepts(input).size]],
  [Type.BOUNDING_BOXES_COUNT, (_, { boundingBoxes }) => [boundingBoxes]],
  [Type.POLYGONS_COUNT, (_, { polygons }) => [polygons]],
  [Type.POINTS_COUNT, (_, { points }) => [points]],
  [Type.MASKS_COUNT, (_, { masks }) => [masks]],
];

/** All inputs of a version in groups, with the numbers of each group. */
export function metricsGroups(inputs: readonly VersionedInput[]): DeepPartial<DatasetVersionMetricsGroup>[] {
  const counted = inputs.map((input) => ({ input, metrics: metricsOf(input) }));
  return groupings.flatMap(([type, valuesOf]) => {
    const groups = new Map<unknown, InputMetrics>();
    for (const { input, metrics } of counted) {
      for (const value of valuesOf(input, metrics)) {
        const before = groups.get(value);
        groups.set(value, before === undefined ? metrics : addMetrics(before, metrics));
      }
    }
    return [...groups].map(([value, metrics]) => ({ parentPath: '/', type, value, metrics: toMessage(metrics) }));
  });
}

function positiveConcepts({ annotations }: VersionedInput): Set<string> {
  const concepts = annotations.flatMap(({ data = {} }) => conceptsIn(data));
  return new Set(concepts.filter(isPositive).map(({ id = '' }) => id));
}

function inPlural(kind: (typeof mediaKinds)[number]): string {
  return kind === 'image' || kind === 'video' ? `${kind}s` : kind;
}
