import type { Data, DatasetVersionMetrics, RegionInfo } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { conceptsIn, isPositive } from '../search/match-concepts';
import type { VersionedInput } from '../state/dataset-version-state';

/** Counts of one input, or of several added up. */
export interface InputMetrics {
  inputs: number;
  unlabeled: number;
  withMetadata: number;
  withGeo: number;
  regions: number;
  boundingBoxes: number;
  polygons: number;
  points: number;
  masks: number;
  withRegions: number;
  frames: number;
  withFrames: number;
  positiveTags: number;
  positiveRegionTags: number;
}

export function metricsOf({ data, annotations }: VersionedInput): InputMetrics {
  const said = annotations.map(({ data = {} }) => data);
  const regions = said.flatMap((data) => data.regions ?? []);
  const count = (kind: keyof RegionInfo) => regions.filter(({ regionInfo }) => regionInfo?.[kind] !== undefined).length;
  const frames = said.flatMap((data) => data.frames ?? []).length;
  const positive = (data: readonly DeepPartial<Data>[]) => data.flatMap(conceptsIn).filter(isPositive).length;
  return {
    inputs: 1,
    unlabeled: positive(said) === 0 ? 1 : 0,
    withMetadata: data.metadata === undefined ? 0 : 1,
    withGeo: data.geo === undefined ? 0 : 1,
    regions: regions.length,
    boundingBoxes: count('boundingBox'),
    polygons: count('polygon'),
    points: count('point'),
    masks: count('mask'),
    withRegions: regions.length > 0 ? 1 : 0,
    frames,
    withFrames: frames > 0 ? 1 : 0,
    positiveTags: positive(said.map(({ concepts = [] }) => ({ concepts }))),
    positiveRegionTags: positive(regions.map(({ data = {} }) => data)),
  };
}

export function addMetrics(one: InputMetrics, other: InputMetrics): InputMetrics {
  const sum = { ...one };
  for (const name of Object.keys(one) as (keyof InputMetrics)[]) sum[name] += other[name];
  return sum;
}

export function toMessage(metrics: InputMetrics): DeepPartial<DatasetVersionMetrics> {
  return {
    inputsCount: metrics.inputs,
    unlabeledInputsCount: metrics.unlabeled,
    inputsWithMetadataCount: metrics.withMetadata,
    inputsWithGeoCount: metrics.withGeo,
    regionsCount: metrics.regions,
    boundingBoxesCount: metrics.boundingBoxes,
    polygonsCount: metrics.polygons,
    pointsCount: metrics.points,
    masksCount: metrics.masks,
    regionInputsCount: metrics.withRegions,
    framesCount: metrics.frames,
    frameInputsCount: metrics.withFrames,
    positiveInputTagsCount: metrics.positiveTags,
    positiveRegionTagsCount: metrics.positiveRegionTags,
  };
}
