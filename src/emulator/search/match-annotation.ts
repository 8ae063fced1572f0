import type { Annotation, Data, Region } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { StoredAnnotation } from '../state/annotations';
import { matchesConcepts } from './match-concepts';
import { matchesGeo } from './match-geo';
import { matchesMetadata } from './match-metadata';

type Wanted = DeepPartial<Annotation>;

/** Whether an annotation has everything that the filter names; a field that is not set names nothing. */
export function matchesAnnotation(annotation: StoredAnnotation, wanted: Wanted): boolean {
  return (
    matchesIds(annotation, wanted) &&
    (wanted.status?.code === undefined || wanted.status.code === annotation.status?.code) &&
    (wanted.inputLevel !== true || annotation.inputLevel === true) &&
    (wanted.trusted !== true || annotation.trusted === true) &&
    (wanted.annotationInfo === undefined || matchesMetadata(annotation.annotationInfo, wanted.annotationInfo)) &&
    (wanted.data === undefined || matchesData(annotation.data ?? {}, wanted.data))
  );
}

function matchesIds(annotation: StoredAnnotation, wanted: Wanted): boolean {
  const pairs = [
    [annotation.id, wanted.id],
    [annotation.inputId, wanted.inputId],
    [annotation.modelVersionId, wanted.modelVersionId],
    [annotation.taskId, wanted.taskId],
    [annotation.userId, wanted.userId],
    [annotation.worker?.user?.id ?? annotation.userId, wanted.worker?.user?.id],
    [annotation.worker?.model?.modelVersion?.id, wanted.worker?.model?.modelVersion?.id],
    [annotation.worker?.workflow?.version?.id, wanted.worker?.workflow?.version?.id],
  ];
  return pairs.every(([found, id]) => id === undefined || id === found);
}

function matchesData(found: DeepPartial<Data>, wanted: DeepPartial<Data>): boolean {
  // Data without fields asks for annotations of the whole input.
  if (Object.keys(wanted).length === 0) return !hasPlace(found);
  const { concepts, metadata, geo, clusters, regions, frames, timeSegments, text } = wanted;
  return (
    (concepts === undefined || matchesConcepts(found, concepts)) &&
    (metadata === undefined || matchesMetadata(found.metadata, metadata)) &&
    (geo === undefined || (found.geo !== undefined && matchesGeo(found.geo, geo))) &&
    (clusters === undefined || clusters.some(({ id }) => found.clusters?.some((cluster) => cluster.id === id))) &&
    (regions === undefined || matchesRegions(found.regions, regions)) &&
    (frames === undefined || (found.frames?.length ?? 0) > 0) &&
    (timeSegments === undefined || (found.timeSegments?.length ?? 0) > 0) &&
    (text === undefined || found.text !== undefined)
  );
}

function hasPlace({ regions = [], frames = [], timeSegments = [] }: DeepPartial<Data>): boolean {
  return regions.length + frames.length + timeSegments.length > 0;
}

/** A region is wanted by its kind, such as `{ regionInfo: { boundingBox: {} } }`, by its track or by its concepts. */
function matchesRegions(found: readonly DeepPartial<Region>[] = [], wanted: readonly DeepPartial<Region>[]): boolean {
  return wanted.some(({ regionInfo = {}, trackId, data }) =>
    found.some(
      (region) =>
        Object.keys(regionInfo).every((kind) => Object.hasOwn(region.regionInfo ?? {}, kind)) &&
        (trackId === undefined || trackId === region.trackId) &&
        (data === undefined || matchesData(region.data ?? {}, data)),
    ),
  );
}
