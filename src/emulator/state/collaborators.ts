import type { Collaborator } from '../../../generated/proto/clarifai/api/resources';
import type { AppState, Stored } from './app-state';

/** What an app lets somebody else do in it; `undefined` for those who were not invited, or are no longer. */
export function collaboratorIn({ collaborators }: AppState, userId: string): Stored<Collaborator> | undefined {
  for (const one of collaborators.values()) if (one.user?.id === userId && one.deletedAt === undefined) return one;
  return undefined;
}
