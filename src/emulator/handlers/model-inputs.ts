import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { showInput } from '../inputs/show-input';
import { conceptsIn } from '../search/match-concepts';
import type { Handlers } from '../service/call';
import { findVersion } from '../service/find-model';
import { pageOf } from '../service/page';
import { readableApp } from '../service/scope';
import { annotationsOf } from '../state/annotations';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';

/** What models learn from. */
export const modelInputHandlers: Handlers = {
  ListModelInputs(request, call) {
    const app = readableApp(call, request.userAppId);
    const model = app.models.get(request.modelId);
    if (model === undefined) throw refuse(StatusCode.MODEL_DOES_NOT_EXIST, 'Model does not exist');
    const { outputInfo = model.message.outputInfo } = findVersion(model, request.versionId) ?? {};
    const conceptIds = new Set(outputInfo?.data?.concepts?.map(({ id }) => id));
    const page = pageOf(annotatedWith(app, conceptIds), request, call.world.options.limits);
    return { inputs: page.map((record) => showInput(app, record)) };
  },
};

function* annotatedWith({ inputs }: AppState, conceptIds: ReadonlySet<string | undefined>): Generator<InputRecord> {
  for (const record of inputs.list()) {
    const said = annotationsOf(record).flatMap(({ data = {} }) => conceptsIn(data));
    if (said.some(({ id }) => conceptIds.has(id))) yield record;
  }
}
