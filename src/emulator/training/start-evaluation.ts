import type { Concept, EvalMetrics } from '../../../generated/proto/clarifai/api/resources';
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
import type { Example } from './examples';
import { examplesOf } from './examples';
import type { Recall } from './nearest-examples';

/** An evaluation under way. */
export interface Evaluation {
  readonly kind: 'evaluation';
  readonly app: AppState;
  readonly model: ModelState;
  readonly version: VersionMessage;
  readonly id: string;
  /** As it was asked for. */
  readonly asked: DeepPartial<EvalMetrics>;
  readonly examples: readonly Example[];
  readonly learnt: Recall;
}

/** Tries a trained version on what is annotated in a dataset, or in the whole app. */
export function startEvaluation(
  app: AppState,
  model: ModelState,
  version: VersionMessage,
  asked: DeepPartial<EvalMetrics>,
  { agenda, randomBytes, urls }: World,
): Stored<EvalMetrics> {
  const learnt = model.recalls.get(version.id);
  if (learnt === undefined)
    throw refuse(StatusCode.MODEL_INVALID_ARGUMENT, 'Only a version that was trained can be evaluated.');
  const id = asked.id ?? randomId(randomBytes);
  if (app.evaluations.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const conceptIds = conceptsOf(version).map(({ id: conceptId = '' }) => conceptId);
  const examples = examplesOf(app, urls, { conceptIds, datasetId: asked.groundTruthDataset?.id });
  const evaluation: Evaluation = { kind: 'evaluation', app, model, version, id, asked, examples, learnt };
  agenda.add(evaluation);
  return move(evaluation, StatusCode.MODEL_QUEUED_FOR_EVALUATION);
}

export function beginEvaluation(evaluation: Evaluation): void {
  move(evaluation, StatusCode.MODEL_EVALUATING);
}

export function endEvaluation(evaluation: Evaluation): void {
  const { examples, learnt, version } = evaluation;
  if (examples.length === 0) move(evaluation, StatusCode.MODEL_EVALUATION_NEED_INPUTS);
  else move(evaluation, StatusCode.MODEL_EVALUATED, evaluate(examples, learnt, conceptsOf(version)));
}

function move(
  { app, model, version, id, asked }: Evaluation,
  code: StatusCode,
  more: DeepPartial<EvalMetrics> = {},
): Stored<EvalMetrics> {
  const shown = { ...model.message, modelVersion: { ...version, metrics: undefined } };
  const metrics = { ...asked, ...more, id, model: shown, status: status(code), ...app.owner };
  app.evaluations.set(id, metrics);
  replaceVersion(model, version.id, { metrics: { id, status: metrics.status, summary: more.summary } });
  return metrics;
}

function conceptsOf({ outputInfo }: VersionMessage): DeepPartial<Concept>[] {
  return (outputInfo?.data?.concepts ?? []).map(named);
}
