import { randomId } from '../../base/ids';
import type { Annotation, Data, Region } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { conceptsIn } from '../search/match-concepts';
import type { Call } from '../service/call';
import type { StoredAnnotation } from '../state/annotations';
import type { AppState } from '../state/app-state';
import { assertId } from '../state/ids';
import type { InputRecord } from '../state/input-record';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import { addConcepts } from './add-concepts';
import { withNamedConcepts } from './named-concepts';

/** Adds an annotation to its input. @throws Refusal with the status of an annotation that does not fit */
export function takeAnnotation(app: AppState, posted: Annotation, { world, principal }: Call): StoredAnnotation {
  const record = inputOf(app, posted.inputId);
  const id = posted.id || randomId(world.randomBytes);
  assertId(id, StatusCode.ANNOTATION_INVALID_ARGUMENT);
  if (id === record.id || record.annotations.some((other) => other.id === id))
    throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const nowMs = world.clock.now();
  const at = toTimestamp(nowMs);
  const annotation: StoredAnnotation = {
    ...sparse(posted),
    id,
    inputId: record.id,
    data: preparedData(posted.data, world.randomBytes),
    userId: posted.userId || ('userId' in principal ? principal.userId : app.userId),
    trusted: !isByModel(posted),
    status: { code: posted.status?.code || StatusCode.ANNOTATION_SUCCESS },
    createdAt: at,
    modifiedAt: at,
  };
  app.inputs.change(record, { annotations: [...record.annotations, annotation] });
  addConcepts(app, conceptsIn(annotation.data ?? {}), nowMs);
  return annotation;
}

/** @throws Refusal for an input that is not there */
export function inputOf(app: AppState, inputId: string): InputRecord {
  const record = app.inputs.get(inputId);
  if (record !== undefined) return record;
  throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, `The input '${inputId}' does not exist.`);
}

/** Data as it is stored: regions have ids, concepts names. @throws Refusal for a region that is not one */
export function preparedData(data: Data | undefined, randomBytes: (size: number) => Uint8Array): DeepPartial<Data> {
  if (data === undefined) throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, 'The annotation has no data.');
  const { regions, ...rest } = withNamedConcepts(sparse(data));
  if (regions === undefined) return rest;
  regions.forEach(assertRegion);
  return { ...rest, regions: regions.map((region) => ({ id: randomId(randomBytes), ...region })) };
}

function isByModel({ modelVersionId, worker }: Annotation): boolean {
  return modelVersionId !== '' || worker?.model !== undefined || worker?.workflow !== undefined;
}

/** Boxes and polygons are in parts of the picture's size, from 0 to 1; the service's own words for others are not known. */
function assertRegion({ regionInfo: { boundingBox, polygon } = {} }: DeepPartial<Region>): void {
  if (boundingBox !== undefined) {
    const { topRow = 0, leftCol = 0, bottomRow = 0, rightCol = 0 } = boundingBox;
    const isInside = [topRow, leftCol, bottomRow, rightCol].every((value) => value >= 0 && value <= 1);
    if (!isInside || topRow > bottomRow || leftCol > rightCol) {
      const box = `[${topRow}, ${leftCol}, ${bottomRow}, ${rightCol}]`;
      throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, `Invalid bounding box ${box}: expected values from 0 to 1.`);
    }
  }
  if (polygon !== undefined && (polygon.points?.length ?? 0) < 3)
    throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, 'Expected at least 3 points in a polygon.');
}
