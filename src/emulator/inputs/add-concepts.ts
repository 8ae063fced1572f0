import type { Concept } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { AppState } from '../state/app-state';
import { toTimestamp } from '../state/timestamp';

/** Makes the concepts that an input names and the app does not have yet. */
export function addConcepts(app: AppState, concepts: readonly DeepPartial<Concept>[], nowMs: number): void {
  for (const { id, name } of concepts) {
    if (id === undefined || app.concepts.has(id)) continue;
    app.concepts.set(id, {
      id,
      name,
      createdAt: toTimestamp(nowMs),
      language: 'en',
      appId: app.id,
      userId: app.userId,
    });
  }
}
