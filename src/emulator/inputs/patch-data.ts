import type { Concept, Data } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { sparse } from '../state/sparse';
import { named } from './named-concepts';

type Concepts = readonly DeepPartial<Concept>[];

/**
 * An input's data after a patch: `merge` adds concepts and metadata and replaces the place, `overwrite` replaces
 * what is given, `remove` takes concepts away.
 */
export function patchData(before: DeepPartial<Data>, patch: Data | undefined, action: string): DeepPartial<Data> {
  const { concepts = [], metadata, geo }: DeepPartial<Data> = patch === undefined ? {} : sparse(patch);
  const had = before.concepts ?? [];
  switch (action) {
    case 'merge':
      return {
        ...before,
        ...(concepts.length > 0 && { concepts: mergeConcepts(had, concepts) }),
        ...(metadata && { metadata: { ...before.metadata, ...metadata } }),
        ...(geo && { geo }),
      };
    case 'overwrite':
      return {
        ...before,
        ...(concepts.length > 0 && { concepts: concepts.map(named) }),
        ...(metadata && { metadata }),
        ...(geo && { geo }),
      };
    case 'remove': {
      const removed = new Set(concepts.map(({ id }) => id));
      return { ...before, concepts: had.filter(({ id }) => !removed.has(id)) };
    }
    default:
      throw refuse(
        StatusCode.INPUT_INVALID_ARGUMENT,
        `Invalid action '${action}': expected 'merge', 'overwrite' or 'remove'.`,
      );
  }
}

function mergeConcepts(before: Concepts, added: Concepts): Concepts {
  const byId = new Map(before.map((concept) => [concept.id, concept]));
  for (const concept of added) byId.set(concept.id, { ...byId.get(concept.id), value: 0, ...named(concept) });
  return [...byId.values()];
}
