import type { EvalMetrics, FieldsValue } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Call, Handlers } from '../service/call';
import { findVersion } from '../service/find-model';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState, Stored } from '../state/app-state';
import type { ModelState, VersionMessage } from '../state/model-state';
import { sparse } from '../state/sparse';
import { startEvaluation } from '../training/start-evaluation';

/** How good models are: the API has three generations of this, which see the same evaluations. */
export const evaluationHandlers: Handlers = {
  PostModelVersionMetrics({ userAppId, modelId, versionId }, call) {
    const app = writableApp(call, userAppId);
    const { model, version } = ownVersion(app, modelId, versionId);
    startEvaluation(app, model, version, {}, call.world);
    return { modelVersion: findVersion(model, version.id) };
  },

  GetModelVersionMetrics({ userAppId, modelId, versionId, fields }, call) {
    const app = readableApp(call, userAppId);
    const { version } = ownVersion(app, modelId, versionId);
    const metrics = app.evaluations.get(version.metrics?.id ?? '');
    return { modelVersion: metrics === undefined ? version : { ...version, metrics: withFields(metrics, fields) } };
  },

  PostModelVersionEvaluations({ userAppId, modelId, modelVersionId, evalMetrics }, call) {
    const app = writableApp(call, userAppId);
    const { model, version } = ownVersion(app, modelId, modelVersionId);
    const asked = evalMetrics.length === 0 ? [{}] : evalMetrics.map(sparse);
    return { evalMetrics: asked.map((one) => startEvaluation(app, model, version, one, call.world)) };
  },

  ListModelVersionEvaluations(request, call) {
    const app = readableApp(call, request.userAppId);
    const { version } = ownVersion(app, request.modelId, request.modelVersionId);
    const found = [...app.evaluations.values()].filter(({ model }) => model?.modelVersion?.id === version.id);
    return { evalMetrics: page(found.reverse(), request, call) };
  },

  GetModelVersionEvaluation({ userAppId, evaluationId, fields }, call) {
    return { evalMetrics: withFields(existing(readableApp(call, userAppId), evaluationId), fields) };
  },

  PostEvaluations({ userAppId, evalMetrics }, call) {
    const app = writableApp(call, userAppId);
    if (evalMetrics.length === 0)
      throw refuse(StatusCode.MODEL_INVALID_REQUEST, 'Expected at least one evaluation.', 'Invalid request');
    const asked = evalMetrics.map(sparse).map((metrics) => {
      const { id = '', modelVersion } = metrics.model ?? {};
      return { metrics, ...ownVersion(app, id, modelVersion?.id ?? '') };
    });
    return {
      evalMetrics: asked.map(({ model, version, metrics }) =>
        startEvaluation(app, model, version, metrics, call.world),
      ),
    };
  },

  ListEvaluations(request, call) {
    const app = readableApp(call, request.userAppId);
    const { evalDatasetIds } = request;
    const found = [...app.evaluations.values()].filter(
      ({ groundTruthDataset }) => evalDatasetIds.length === 0 || evalDatasetIds.includes(groundTruthDataset?.id ?? ''),
    );
    return { evalMetrics: page(request.sortAscending ? found : found.reverse(), request, call) };
  },

  GetEvaluation({ userAppId, evaluationId, fields }, call) {
    return { evalMetrics: withFields(existing(readableApp(call, userAppId), evaluationId), fields) };
  },
};

interface Chosen {
  readonly model: ModelState;
  readonly version: VersionMessage;
}

function ownVersion(app: AppState, modelId: string, versionId: string): Chosen {
  const model = app.models.get(modelId);
  const version = model && findVersion(model, versionId);
  if (model === undefined || version === undefined)
    throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
  return { model, version };
}

function existing(app: AppState, id: string): Stored<EvalMetrics> {
  const metrics = app.evaluations.get(id);
  if (metrics === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return metrics;
}

/** The large parts are answered to those who ask for them. */
function withFields(metrics: Stored<EvalMetrics>, fields: FieldsValue | undefined): Stored<EvalMetrics> {
  const { confusionMatrix, labelCounts, binaryMetrics, ...rest } = metrics;
  return {
    ...rest,
    ...(fields?.confusionMatrix === true && { confusionMatrix }),
    ...(fields?.labelCounts === true && { labelCounts }),
    ...(fields?.binaryMetrics === true && { binaryMetrics }),
  };
}

function page(
  metrics: readonly Stored<EvalMetrics>[],
  request: { readonly page: number; readonly perPage: number },
  { world }: Call,
): Stored<EvalMetrics>[] {
  return pageOf(metrics, request, world.options.limits).map((one) => withFields(one, undefined));
}
