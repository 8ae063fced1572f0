import type { EvalMetrics } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import { refuse, status } from '../answers';
import { named } from '../inputs/named-concepts';
import type { AppState, Stored } from '../state/app-state';
import type { ModelState, VersionMessage } from '../state/model-state';
import { replaceVersion } from '../state/model-state';
import type { World } from '../state/world';
import { evaluate } from './evaluate';
import { examplesOf } from './examples';

/** Tries a trained version on what is annotated in a dataset, or in the whole app. */
export function startEvaluation(
  app: AppState,
  model: ModelState,
  version: VersionMessage,
  asked: DeepPartial<EvalMetrics>,
  { clock, options, randomBytes, urls }: World,
): Stored<EvalMetrics> {
  const recall = model.recalls.get(version.id);
  if (recall === undefined)
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, 'Only a version that was trained can be evaluated.');
  const id = asked.id ?? randomId(randomBytes);
  if (app.evaluations.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const concepts = (version.outputInfo?.data?.concepts ?? []).map(named);
  const conceptIds = concepts.map(({ id: conceptId = '' }) => conceptId);
  const examples = examplesOf(app, urls, { conceptIds, datasetId: asked.groundTruthDataset?.id });
  const set = (code: StatusCode, more: DeepPartial<EvalMetrics> = {}): Stored<EvalMetrics> => {
    const shown = { ...model.message, modelVersion: { ...version, metrics: undefined } };
    const metrics = { ...asked, ...more, id, model: shown, status: status(code), ...app.owner };
    app.evaluations.set(id, metrics);
    replaceVersion(model, version.id, { metrics: { id, status: metrics.status, summary: more.summary } });
    return metrics;
  };
  const { pendingMs, inProgressMs } = options.lifecycle;
  clock.setTimer(() => set(StatusCode.MODEL_EVALUATING), pendingMs, true);
  const finish = () => {
    if (examples.length === 0) set(StatusCode.MODEL_EVALUATION_NEED_INPUTS);
    else set(StatusCode.MODEL_EVALUATED, evaluate(examples, recall, concepts));
  };
  clock.setTimer(finish, pendingMs + inProgressMs, true);
  return set(StatusCode.MODEL_QUEUED_FOR_EVALUATION);
}
