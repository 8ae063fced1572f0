import type { Annotation, Data, Region } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import type { Call } from '../service/call';
import type { StoredAnnotation } from '../state/annotations';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import { preparedData } from './annotation-intake';
import { patchData } from './patch-data';

const actions = ['merge', 'overwrite', 'remove'];

/** @throws Refusal for anything but `merge`, `overwrite` and `remove` */
export function assertAnnotationAction(action: string): void {
  if (actions.includes(action)) return;
  const details = `Invalid action '${action}': expected 'merge', 'overwrite' or 'remove'.`;
  throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, details);
}

/** An annotation after a patch: regions are told apart by their ids, the rest goes as with inputs. */
export function patchAnnotation(
  before: StoredAnnotation,
  patch: Annotation,
  action: string,
  { world }: Call,
): StoredAnnotation {
  const { annotationInfo, status } = sparse(patch);
  return {
    ...before,
    ...(patch.data && { data: patchAnnotationData(before.data ?? {}, patch.data, action, world.randomBytes) }),
    ...(annotationInfo && { annotationInfo }),
    ...(status?.code !== undefined && { status: { code: status.code } }),
    modifiedAt: toTimestamp(world.clock.now()),
  };
}

function patchAnnotationData(
  before: DeepPartial<Data>,
  patch: Data,
  action: string,
  randomBytes: (size: number) => Uint8Array,
): DeepPartial<Data> {
  const after = patchData(before, patch, action);
  const given = action === 'remove' ? patch.regions : (preparedData(patch, randomBytes).regions ?? []);
  if (given.length === 0) return after;
  return { ...after, regions: patchRegions(before.regions ?? [], given, action) };
}

function patchRegions(
  before: readonly DeepPartial<Region>[],
  given: readonly DeepPartial<Region>[],
  action: string,
): readonly DeepPartial<Region>[] {
  if (action === 'overwrite') return given;
  const kept = before.filter(({ id }) => !given.some((one) => one.id === id));
  return action === 'remove' ? kept : [...kept, ...given];
}
