import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { isFailure } from '../base/situation';
import { fromStatus, situationOf, statusCodeName } from '../base/to-clarifai-error';
import { poll, type WaitOptions } from '../operations/poll';
import { present } from '../operations/single';
import { type Scope, toUserAppId } from '../operations/scope';
import { toPlain } from '../operations/to-plain';
import type { ResourceContext } from './context';
import type { ModelVersionInfo } from './model-versions';

/** Looks at a version of a model until it is trained; rejects with what the training failed of. */
export async function waitUntilTrained(
  context: ResourceContext,
  scope: Scope,
  version: { readonly modelId: string; readonly versionId: string },
  options: WaitOptions,
): Promise<ModelVersionInfo> {
  const { modelId, versionId } = version;
  const request = { userAppId: toUserAppId(scope), modelId, versionId };
  return poll(
    `version ${versionId} of model ${modelId} to be trained`,
    async (call) => {
      const answer = await context.invoke('GetModelVersion', request, call);
      const modelVersion = present(answer.modelVersion, 'GetModelVersion');
      const { status } = modelVersion;
      if (status?.code === StatusCode.MODEL_TRAINED) return { done: true, value: toPlain(modelVersion) };
      if (status !== undefined && isFailure(situationOf(status.code))) {
        throw fromStatus(status, { method: 'GetModelVersion' });
      }
      return { done: false, seen: statusCodeName(status?.code ?? 0) };
    },
    options,
    context.clock,
  );
}
