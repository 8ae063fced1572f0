import { matchesPattern } from '../search/wildcard';
import type { Handlers } from '../service/call';
import { shownModel } from '../service/find-model';
import { pageOf } from '../service/page';
import { readableApp } from '../service/scope';
import { publicApp } from '../state/public-app';

/** Searches for models by name and type, those of the app first and then Clarifai's. */
export const modelSearchHandlers: Handlers = {
  PostModelsSearches({ userAppId, modelQuery, pagination }, call) {
    const app = readableApp(call, userAppId);
    const { name = '', modelTypeId = '' } = modelQuery ?? {};
    // A model with several ids is found once.
    const all = new Set([...app.models.values(), ...publicApp(call.world).models.values()]);
    const found = [...all].filter(
      ({ message }) =>
        (modelTypeId === '' || message.modelTypeId === modelTypeId) &&
        (matchesPattern(message.name ?? '', name) || matchesPattern(message.id, name)),
    );
    const page = pageOf(found, pagination ?? { page: 1, perPage: 0 }, call.world.options.limits);
    return { models: page.map((model) => shownModel(model)) };
  },
};
