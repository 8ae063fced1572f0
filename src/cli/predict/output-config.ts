import { type ModelRef, type OutputConfigLike, parseClarifaiUrl } from '../../index';
import type { Given } from '../shell/given';

/** What `outputConfigOptions` say. */
export function outputConfigOf(given: Given): OutputConfigLike {
  const selected = given.texts('selectConcept');
  return {
    maxConcepts: given.number('maxConcepts', { min: 1, max: 200, integer: true }),
    minValue: given.number('minValue', { min: 0, max: 1 }),
    selectConcepts: selected.length === 0 ? undefined : selected.map((name) => ({ name })),
    language: given.text('language'),
    sampleMs: given.number('sampleMs', { min: 1, integer: true }),
  };
}

/** A model or workflow by id or address, in the version that is asked for beside it. */
export function refOf(ref: string, versionId: string | undefined): ModelRef {
  if (versionId === undefined) return ref;
  if (!ref.includes('/')) return { id: ref, versionId };
  const { id = '', userId, appId } = parseClarifaiUrl(ref);
  return { id, versionId, userId, appId };
}

/** What people call a model or workflow that was given by id or address. */
export function nameOf(ref: string): string {
  return ref.includes('/') ? (parseClarifaiUrl(ref).id ?? ref) : ref;
}
