import type { Model } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { matchesPattern } from '../search/wildcard';
import type { Call, Handlers } from '../service/call';
import { findModel, findVersion } from '../service/find-model';
import { pageOf } from '../service/page';
import { writableApp } from '../service/scope';
import { toTimestamp } from '../state/timestamp';

/** What models are labelled with, and the concepts that they know. */
export const modelLabelHandlers: Handlers = {
  PatchModelLanguages(request, call) {
    return { languages: patch('languages', request.languages, request, call) };
  },

  PatchModelToolkits(request, call) {
    return { toolkits: patch('toolkits', request.toolkits, request, call) };
  },

  PatchModelUseCases(request, call) {
    return { usecases: patch('useCases', request.usecases, request, call) };
  },

  PatchModelCheckConsents(request, call) {
    return { checkConsents: patch('checkConsents', request.checkConsents, request, call) };
  },

  ListModelConcepts(request, call) {
    const model = findModel(call, request.userAppId, request.modelId);
    const concepts = findVersion(model, request.versionId)?.outputInfo?.data?.concepts ?? [];
    const found = concepts.filter(({ id = '', name = id }) => matchesPattern(name, request.search));
    return { concepts: pageOf(found, request, call.world.options.limits) };
  },
};

type Label = 'languages' | 'toolkits' | 'useCases' | 'checkConsents';

function patch(
  label: Label,
  given: readonly string[],
  { userAppId, modelId, action }: { readonly modelId: string; readonly action: string } & Pick<Scoped, 'userAppId'>,
  call: Call,
): readonly string[] {
  const { models } = writableApp(call, userAppId);
  const model = models.get(modelId);
  if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  const before: readonly string[] = model.message[label] ?? [];
  const after = changed(before, given, action);
  const modifiedAt = toTimestamp(call.world.clock.now());
  models.set(modelId, { ...model, message: { ...model.message, [label]: after, modifiedAt } });
  return after;
}

interface Scoped {
  readonly userAppId: Parameters<typeof writableApp>[1];
}

function changed(before: Model[Label], given: readonly string[], action: string): readonly string[] {
  if (action === 'merge') return [...new Set([...before, ...given])];
  if (action === 'overwrite') return [...given];
  if (action === 'remove') return before.filter((one) => !given.includes(one));
  const details = `Invalid action '${action}': expected 'merge', 'overwrite' or 'remove'.`;
  throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, details);
}
