import type { AppState } from './app-state';
import type { World } from './world';

/** Where Clarifai's public models and workflows live. */
export const publicOwner = { userId: 'clarifai', appId: 'main' } as const;

export function publicApp(world: World): AppState {
  return (
    world.app(publicOwner.userId, publicOwner.appId) ??
    world.addApp(publicOwner.userId, { id: publicOwner.appId }, true)
  );
}
