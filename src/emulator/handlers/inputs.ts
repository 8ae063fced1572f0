import type { ListInputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse, success, summarize } from '../answers';
import type { Call, Handlers } from '../service/call';
import type { Sliceable } from '../service/page';
import { pageOf, perPageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import { InputIntake } from '../inputs/input-intake';
import { showInput } from '../inputs/show-input';
import { patchData } from '../inputs/patch-data';
import { fetchMedia } from '../predict/fetch-media';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';

const defaultStreamPerPage = 20;

/** Inputs: adding, reading, changing, deleting. */
export const inputHandlers: Handlers = {
  async PostInputs(request, call) {
    const app = writableApp(call, request.userAppId);
    assertBatch(request.inputs, call);
    await fetchMedia(request.inputs, call);
    const intake = new InputIntake(app, call, request);
    const inputs = request.inputs.map((input, index) => intake.take(input, index));
    const job = intake.commit();
    const overall = summarize(inputs.map((input) => input.status));
    return {
      status: overall === success ? { ...success, details: 'All inputs successfully added' } : overall,
      inputs,
      inputsAddJob: job?.toMessage(),
    };
  },

  GetInput(request, call) {
    const app = readableApp(call, request.userAppId);
    return { input: showInput(app, existing(app, request.inputId)) };
  },

  ListInputs(request, call) {
    const app = readableApp(call, request.userAppId);
    const page = pageOf(wanted(app, request), request, call.world.options.limits);
    return { inputs: page.map((record) => showInput(app, record)) };
  },

  StreamInputs(request, call) {
    const app = readableApp(call, request.userAppId);
    const perPage = perPageOf(request.perPage, defaultStreamPerPage, call.world.options.limits);
    const last = request.lastId === '' ? undefined : existing(app, request.lastId);
    const { inputs } = app;
    const records = request.orderById
      ? inputs.listById(last, request.descending)
      : inputs.list(last, request.descending);
    return {
      inputs: pageOf(records, { page: 1, perPage }, call.world.options.limits).map((record) => showInput(app, record)),
    };
  },

  PatchInputs(request, call) {
    const app = writableApp(call, request.userAppId);
    const records = request.inputs.map(({ id }) => existing(app, id));
    const changed = request.inputs.map(({ data }, index) => {
      const record = records[index] as InputRecord;
      return { record, data: patchData(record.data, data, request.action) };
    });
    const nowMs = call.world.clock.now();
    for (const { record, data } of changed) app.inputs.change(record, { data, modifiedAtMs: nowMs });
    return { inputs: records.map((record) => showInput(app, record)) };
  },

  DeleteInput(request, call) {
    writableApp(call, request.userAppId).inputs.delete([request.inputId]);
    return {};
  },

  DeleteInputs(request, call) {
    // An input that is not there is as good as deleted: the service works through the list later.
    writableApp(call, request.userAppId).inputs.delete(request.ids);
    return {};
  },

  GetInputCount(request, call) {
    const { pending, inProgress, succeeded, failed } = readableApp(call, request.userAppId).inputs.counts();
    return { counts: { processed: succeeded, toProcess: pending, errors: failed, processing: inProgress } };
  },
};

function assertBatch(
  inputs: readonly { readonly data?: { readonly video?: unknown } | undefined }[],
  { world }: Call,
): void {
  const { maxInputsPerRequest, maxVideosPerRequest } = world.options.limits;
  if (inputs.length === 0 || inputs.length > maxInputsPerRequest) {
    throw refuse(
      StatusCode.INPUT_INVALID_REQUEST,
      `Expected from 1 to ${maxInputsPerRequest} inputs, got ${inputs.length}.`,
    );
  }
  const videos = inputs.filter(({ data }) => data?.video !== undefined).length;
  if (videos > maxVideosPerRequest) {
    throw refuse(
      StatusCode.INPUT_INVALID_REQUEST,
      `Expected at most ${maxVideosPerRequest} video per request, got ${videos}.`,
    );
  }
}

function existing(app: AppState, id: string): InputRecord {
  const record = app.inputs.get(id);
  if (record === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return record;
}

/** What ListInputs pages through. */
function wanted({ inputs }: AppState, { ids, status }: ListInputsRequest): Sliceable<InputRecord> {
  const code = status?.code ?? StatusCode.ZERO;
  const withStatus = (record: InputRecord) => (code === StatusCode.ZERO || record.statusCode === code ? [record] : []);
  if (ids.length > 0) return ids.flatMap((id) => inputs.get(id) ?? []).flatMap(withStatus);
  return code === StatusCode.ZERO ? inputs : inputs.listOf(`status ${code}`, withStatus);
}
