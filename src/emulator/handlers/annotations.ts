import type { Annotation } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { AnswerStatus } from '../answers';
import { Refusal, refuse, summarize } from '../answers';
import { addConcepts } from '../inputs/add-concepts';
import { inputOf, takeAnnotation } from '../inputs/annotation-intake';
import { assertAnnotationAction, patchAnnotation } from '../inputs/patch-annotation';
import type { ShownAnnotation } from '../inputs/show-annotation';
import { showAnnotation } from '../inputs/show-annotation';
import { conceptsIn } from '../search/match-concepts';
import type { Answer, Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { StoredAnnotation } from '../state/annotations';
import {
  allAnnotations,
  annotationsOf,
  findAnnotation,
  removeAnnotation,
  replaceAnnotation,
} from '../state/annotations';
import type { AppState } from '../state/app-state';

/** Annotations of inputs; the concepts, metadata and place that an input came with are one of them, with the input's id. */
export const annotationHandlers: Handlers = {
  GetAnnotation({ userAppId, inputId, annotationId }, call) {
    const app = readableApp(call, userAppId);
    return { annotation: showAnnotation(app, existing(app, inputId, annotationId)) };
  },

  ListAnnotations(request, call) {
    const app = readableApp(call, request.userAppId);
    const { ids, inputIds, userIds, modelVersionIds, statuses, taskId, listAllAnnotations } = request;
    const workers = [...userIds, ...modelVersionIds];
    const codes = statuses.map(({ code }) => code);
    const isWanted = (annotation: StoredAnnotation): boolean =>
      (listAllAnnotations || workers.length > 0 || annotation.trusted === true) &&
      (workers.length === 0 || workersOf(app, annotation).some((id) => workers.includes(id))) &&
      (codes.length === 0 || codes.includes(annotation.status?.code ?? StatusCode.ZERO)) &&
      (taskId === '' || annotation.taskId === taskId);
    const name = `annotations ${JSON.stringify({ workers, codes, taskId, listAllAnnotations })}`;
    const list =
      ids.length + inputIds.length > 0
        ? wanted(chosen(app, inputIds, ids), isWanted)
        : app.inputs.listOf(name, (record) => annotationsOf(record).filter(isWanted));
    const page = pageOf(list, request, call.world.options.limits);
    return { annotations: page.map((annotation) => showAnnotation(app, annotation)) };
  },

  PostAnnotations({ userAppId, annotations }, call) {
    const app = writableApp(call, userAppId);
    assertCount(annotations, call);
    return answer(annotations, (posted) => showAnnotation(app, takeAnnotation(app, posted, call)));
  },

  PatchAnnotations({ userAppId, annotations, action, deleteIfEmptyData }, call) {
    const app = writableApp(call, userAppId);
    assertCount(annotations, call);
    assertAnnotationAction(action);
    return answer(annotations, (patch) => {
      const patched = patchAnnotation(existing(app, patch.inputId, patch.id), patch, action, call);
      const isEmpty = action === 'remove' && isEmptyData(patched);
      if (isEmpty && deleteIfEmptyData && patched.inputLevel !== true) removeAnnotation(app, patched);
      else replaceAnnotation(app, patched);
      addConcepts(app, conceptsIn(patched.data ?? {}), call.world.clock.now());
      return showAnnotation(app, patched);
    });
  },

  PatchAnnotationsStatus({ userAppId, userIds, taskId, statusCodes, statusCode }, call) {
    const app = writableApp(call, userAppId);
    const isWanted = (annotation: StoredAnnotation): boolean =>
      (userIds.length === 0 || workersOf(app, annotation).some((id) => userIds.includes(id))) &&
      (taskId === '' || annotation.taskId === taskId) &&
      (statusCodes.length === 0 || statusCodes.includes(annotation.status?.code ?? StatusCode.ZERO));
    // What an input came with is always as good as the input: only annotations that were added have a state of their own.
    const found = [...wanted(allAnnotations(app), isWanted)].filter(({ id, inputId }) => id !== inputId);
    for (const annotation of found) replaceAnnotation(app, { ...annotation, status: { code: statusCode } });
    return { userIds: [...new Set(found.map(({ userId }) => userId ?? ''))], updatedCount: found.length };
  },

  DeleteAnnotation({ userAppId, inputId, annotationId }, call) {
    const app = writableApp(call, userAppId);
    removeAnnotation(app, existing(app, inputId, annotationId));
    return {};
  },

  DeleteAnnotations({ userAppId, ids, inputIds }, call) {
    const app = writableApp(call, userAppId);
    if (inputIds.length === 0)
      throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, 'Expected at least one input ID.', 'Invalid request');
    for (const annotation of [...chosen(app, inputIds, ids)]) removeAnnotation(app, annotation);
    return {};
  },

  ListAnnotationWorkers(request, call) {
    const app = readableApp(call, request.userAppId);
    const users = new Set([...allAnnotations(app)].map(({ userId }) => userId ?? app.userId));
    const workers = [...users].map((id) => ({ user: { id } }));
    return { workers: pageOf(workers, request, call.world.options.limits) };
  },
};

/** Does something with each annotation; one that fails keeps its place, with its own status. */
function answer(
  annotations: readonly Annotation[],
  act: (annotation: Annotation) => ShownAnnotation,
): Answer<'PostAnnotations'> & { status: AnswerStatus } {
  const shown = annotations.map((annotation): ShownAnnotation => {
    try {
      return act(annotation);
    } catch (error) {
      if (error instanceof Refusal) return { ...annotation, status: error.status };
      throw error;
    }
  });
  return { status: summarize(shown.map(({ status }) => status)), annotations: shown };
}

function existing(app: AppState, inputId: string, id: string): StoredAnnotation {
  const annotation = findAnnotation(app, inputId, id);
  if (annotation === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return annotation;
}

/** As the proto has it: pairs of ids, or everything of some inputs. */
function* chosen(app: AppState, inputIds: readonly string[], ids: readonly string[]): Generator<StoredAnnotation> {
  if (ids.length === 0) {
    for (const inputId of inputIds) yield* annotationsOf(inputOf(app, inputId));
    return;
  }
  if (inputIds.length > 0 && inputIds.length !== ids.length) {
    const details = `Expected as many IDs as input IDs, got ${ids.length} and ${inputIds.length}.`;
    throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, details, 'Invalid request');
  }
  for (const [at, id] of ids.entries()) {
    const annotation = findAnnotation(app, inputIds[at] ?? '', id);
    if (annotation !== undefined) yield annotation;
  }
}

function* wanted(
  annotations: Iterable<StoredAnnotation>,
  isWanted: (annotation: StoredAnnotation) => boolean,
): Generator<StoredAnnotation> {
  for (const annotation of annotations) if (isWanted(annotation)) yield annotation;
}

function workersOf(app: AppState, { userId, modelVersionId, worker }: StoredAnnotation): string[] {
  const ids = [userId ?? app.userId, modelVersionId, worker?.user?.id, worker?.model?.modelVersion?.id];
  return ids.filter((id) => id !== undefined);
}

function isEmptyData({ data = {} }: StoredAnnotation): boolean {
  return Object.values(data).every((value) => Array.isArray(value) && value.length === 0);
}

function assertCount(annotations: readonly Annotation[], { world }: Call): void {
  const most = world.options.limits.maxInputsPerRequest;
  if (annotations.length > 0 && annotations.length <= most) return;
  const details = `Expected from 1 to ${most} annotations, got ${annotations.length}.`;
  throw refuse(StatusCode.ANNOTATION_INVALID_ARGUMENT, details, 'Invalid request');
}
