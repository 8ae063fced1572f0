import type { Annotation } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { AppState, Stored } from './app-state';
import type { InputRecord } from './input-record';
import { toTimestamp } from './timestamp';

/** An annotation in the store; ids are unique within their input. */
export type StoredAnnotation = Stored<Annotation> & { readonly inputId: string };

/** One empty list for all inputs without annotations of their own. */
export const noAnnotations: readonly StoredAnnotation[] = [];

/**
 * The concepts, metadata and place that an input came with, as the annotation of the whole input that they are. It has the
 * input's id: it is made when it is looked at, so that a million inputs need not keep a million of them.
 */
export function inputAnnotation(record: InputRecord): StoredAnnotation {
  const { concepts, metadata, geo } = record.data;
  return {
    id: record.id,
    inputId: record.id,
    data: { ...(concepts && { concepts }), ...(metadata && { metadata }), ...(geo && { geo }) },
    inputLevel: true,
    trusted: true,
    status: { code: StatusCode.ANNOTATION_SUCCESS },
    createdAt: toTimestamp(record.createdAtMs),
    modifiedAt: toTimestamp(record.modifiedAtMs),
  };
}

/** Whether an input came with something that its own annotation could say. */
function hasOwnAnnotation({ data: { concepts, metadata, geo } }: InputRecord): boolean {
  return (concepts?.length ?? 0) > 0 || metadata !== undefined || geo !== undefined;
}

/** All annotations of an input, first that which it came with. */
export function annotationsOf(record: InputRecord): readonly StoredAnnotation[] {
  return hasOwnAnnotation(record) ? [inputAnnotation(record), ...record.annotations] : record.annotations;
}

export function* allAnnotations({ inputs }: AppState): Generator<StoredAnnotation> {
  for (const record of inputs.list()) yield* annotationsOf(record);
}

/** @param inputId empty when the caller does not know it: then the whole app is looked through */
export function findAnnotation(app: AppState, inputId: string, id: string): StoredAnnotation | undefined {
  const record = inputId === '' ? undefined : app.inputs.get(inputId);
  if (inputId !== '') return record && annotationsOf(record).find((annotation) => annotation.id === id);
  for (const annotation of allAnnotations(app)) if (annotation.id === id) return annotation;
  return undefined;
}

/** Puts an annotation in the place of the one with the same id. */
export function replaceAnnotation({ inputs }: AppState, annotation: StoredAnnotation): void {
  const record = inputs.get(annotation.inputId);
  if (record === undefined) return;
  if (annotation.id === record.id) return inputs.change(record, { data: { ...record.data, ...annotation.data } });
  const annotations = record.annotations.map((other) => (other.id === annotation.id ? annotation : other));
  inputs.change(record, { annotations });
}

export function removeAnnotation({ inputs }: AppState, { id, inputId }: StoredAnnotation): void {
  const record = inputs.get(inputId);
  if (record === undefined) return;
  if (id !== record.id) {
    inputs.change(record, { annotations: record.annotations.filter((annotation) => annotation.id !== id) });
    return;
  }
  const { concepts: _concepts, metadata: _metadata, geo: _geo, ...media } = record.data;
  inputs.change(record, { data: media });
}
