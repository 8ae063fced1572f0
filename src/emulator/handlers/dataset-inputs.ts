import type { DatasetInput } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { datasetList } from '../datasets/in-dataset';
import { showInput } from '../inputs/show-input';
import { inputPasses } from '../search/apply-filters';
import { planQuery } from '../search/query-plan';
import type { Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import { inputAnnotation } from '../state/annotations';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import { existingDataset } from './datasets';

/** Which inputs are in which dataset. */
export const datasetInputHandlers: Handlers = {
  GetDatasetInput({ userAppId, datasetId, inputId }, call) {
    const app = readableApp(call, userAppId);
    existingDataset(app, datasetId);
    const record = app.inputs.get(inputId);
    if (record === undefined || !record.datasetIds.includes(datasetId)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { datasetInput: shown(app, record) };
  },

  ListDatasetInputs(request, call) {
    const app = readableApp(call, request.userAppId);
    existingDataset(app, request.datasetId);
    const page = pageOf(datasetList(app, request.datasetId), request, call.world.options.limits);
    return { datasetInputs: page.map((record) => shown(app, record)) };
  },

  PostDatasetInputs({ userAppId, datasetId, datasetInputs, search }, call) {
    const app = writableApp(call, userAppId);
    existingDataset(app, datasetId);
    if (search === undefined) assertCount(datasetInputs, call);
    const given = datasetInputs.map(({ input }) => existingInput(app, input?.id ?? ''));
    const found = search === undefined ? [] : [...passing(app, planQuery(search.query ? sparse(search.query) : {}))];
    for (const record of [...given, ...found]) {
      const { datasetIds } = record;
      if (!datasetIds.includes(datasetId)) app.inputs.change(record, { datasetIds: [...datasetIds, datasetId] });
    }
    return { datasetInputs: given.map((record) => shown(app, record)) };
  },

  DeleteDatasetInputs({ userAppId, datasetId, inputIds }, call) {
    const app = writableApp(call, userAppId);
    existingDataset(app, datasetId);
    for (const record of inputIds.map((id) => existingInput(app, id)))
      app.inputs.change(record, { datasetIds: record.datasetIds.filter((id) => id !== datasetId) });
    return {};
  },
};

function* passing({ inputs }: AppState, { filters }: ReturnType<typeof planQuery>): Generator<InputRecord> {
  for (const record of inputs.list()) {
    const annotations = [inputAnnotation(record), ...record.annotations];
    if (inputPasses(record, annotations, filters)) yield record;
  }
}

function existingInput(app: AppState, id: string): InputRecord {
  const record = app.inputs.get(id);
  if (record === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return record;
}

function shown(app: AppState, record: InputRecord): DeepPartial<DatasetInput> {
  return { createdAt: toTimestamp(record.createdAtMs), input: showInput(app, record) };
}

function assertCount(inputs: readonly DatasetInput[], { world }: Call): void {
  const most = world.options.limits.maxInputsPerRequest;
  if (inputs.length > 0 && inputs.length <= most) return;
  throw refuse(StatusCode.INPUT_INVALID_REQUEST, `Expected from 1 to ${most} inputs, got ${inputs.length}.`);
}
