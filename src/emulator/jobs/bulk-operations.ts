import { randomId } from '../../base/ids';
import type { BulkOperation, Operation } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse, status } from '../answers';
import { addConcepts } from '../inputs/add-concepts';
import { named } from '../inputs/named-concepts';
import { inDataset } from '../datasets/in-dataset';
import { inputPasses } from '../search/apply-filters';
import { planQuery } from '../search/query-plan';
import { inputAnnotation, noAnnotations } from '../state/annotations';
import { assertSplit, splitIntoDatasets } from './split-into-datasets';
import type { AppState, Stored } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { sparse } from '../state/sparse';
import { stageAt } from '../state/stages';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';

/** A change of many inputs that runs in the background. */
export interface BulkOperationState {
  readonly message: Stored<BulkOperation>;
  readonly createdAtMs: number;
  /** Inputs that were changed; -1 before it has begun. */
  processed: number;
  isCancelled: boolean;
}

/** A bulk operation under way. */
export interface BulkRun {
  readonly kind: 'bulkOperation';
  readonly app: AppState;
  readonly state: BulkOperationState;
}

/** Begins after as long as an input is pending; whatever its inputs are then is what is changed. */
export function startBulkOperation(
  app: AppState,
  posted: BulkOperation,
  userId: string,
  world: World,
): BulkOperationState {
  const given = sparse(posted);
  assertOperation(app, given.operation ?? {});
  const createdAtMs = world.clock.now();
  const at = toTimestamp(createdAtMs);
  const id = given.id ?? randomId(world.randomBytes);
  const message = { ...given, id, appId: app.id, createdBy: userId, createdAt: at, lastModifiedAt: at };
  const state: BulkOperationState = { message, createdAtMs, processed: -1, isCancelled: false };
  app.bulkOperations.set(id, state);
  world.agenda.add({ kind: 'bulkOperation', app, state });
  return state;
}

export function runBulkOperation({ app, state }: BulkRun, { clock, randomBytes }: World): void {
  if (state.isCancelled) return;
  const { operation = {} } = state.message;
  const records = [...chosen(app, state.message)];
  for (const record of records) apply(app, record, operation, clock.now());
  if (operation.splitIntoDatasets !== undefined)
    splitIntoDatasets(app, records, operation.splitIntoDatasets, randomBytes);
  state.processed = records.length;
}

export function showBulkOperation(state: BulkOperationState, world: World): Stored<BulkOperation> {
  const { BULK_OPERATION_PENDING, BULK_OPERATION_IN_PROGRESS, BULK_OPERATION_SUCCESS } = StatusCode;
  const stages = [BULK_OPERATION_PENDING, BULK_OPERATION_IN_PROGRESS, BULK_OPERATION_SUCCESS] as const;
  const code = state.isCancelled ? StatusCode.BULK_OPERATION_CANCELLED : stageAt(state.createdAtMs, stages, world);
  return { ...state.message, status: status(code), progress: { processed: Math.max(state.processed, 0) } };
}

function assertOperation(app: AppState, operation: DeepPartial<Operation>): void {
  if (Object.keys(operation).length !== 1)
    throw refuse(StatusCode.BULK_OPERATION_INVALID_REQUEST, 'Expected one operation.', 'Invalid request');
  const datasetId = operation.addToDataset?.datasetId ?? operation.deleteFromDataset?.datasetId;
  if (datasetId !== undefined && !app.datasets.has(datasetId)) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  if (operation.splitIntoDatasets !== undefined) assertSplit(app, operation.splitIntoDatasets);
}

function* chosen(app: AppState, { inputIds, search, dataset }: DeepPartial<BulkOperation>): Generator<InputRecord> {
  if (inputIds !== undefined) {
    for (const id of inputIds.inputIds ?? []) {
      const record = app.inputs.get(id);
      if (record !== undefined) yield record;
    }
  } else if (dataset !== undefined) {
    yield* inDataset(app, dataset.id ?? '');
  } else {
    const { filters } = planQuery(search?.query ?? {});
    for (const record of app.inputs.list())
      if (inputPasses(record, [inputAnnotation(record), ...record.annotations], filters)) yield record;
  }
}

function apply(app: AppState, record: InputRecord, operation: DeepPartial<Operation>, nowMs: number): void {
  const { addToDataset, deleteFromDataset, deleteAnnotations } = operation;
  const others = record.datasetIds.filter((id) => id !== (addToDataset ?? deleteFromDataset)?.datasetId);
  app.inputs.change(record, {
    data: changedData(record.data, operation),
    modifiedAtMs: nowMs,
    ...(addToDataset?.datasetId !== undefined && { datasetIds: [...others, addToDataset.datasetId] }),
    ...(deleteFromDataset !== undefined && { datasetIds: others }),
    ...(deleteAnnotations !== undefined && { annotations: noAnnotations }),
  });
  addConcepts(app, (operation.addConcepts?.concepts ?? []).map(named), nowMs);
}

function changedData(data: InputRecord['data'], operation: DeepPartial<Operation>): InputRecord['data'] {
  const { addConcepts: added, deleteConcepts: deleted, addMetadata, deleteMetadata, overwriteGeo } = operation;
  if (added !== undefined || deleted !== undefined) {
    const concepts = (added?.concepts ?? []).map(named);
    const gone = new Set([...concepts, ...(deleted?.concepts ?? [])].map(({ id }) => id));
    return { ...data, concepts: [...(data.concepts ?? []).filter(({ id }) => !gone.has(id)), ...concepts] };
  }
  if (addMetadata !== undefined) return { ...data, metadata: { ...data.metadata, ...addMetadata.metadata } };
  if (deleteMetadata !== undefined) {
    const gone = Object.keys(deleteMetadata.metadata ?? {});
    const kept = Object.entries(data.metadata ?? {}).filter(([key]) => !gone.includes(key));
    return { ...data, metadata: Object.fromEntries(kept) };
  }
  if (overwriteGeo?.geo !== undefined) return { ...data, geo: overwriteGeo.geo };
  if (operation.deleteGeo === undefined) return data;
  const { geo: _geo, ...rest } = data;
  return rest;
}
