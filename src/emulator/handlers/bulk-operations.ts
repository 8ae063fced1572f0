import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { BulkOperationState } from '../jobs/bulk-operations';
import { showBulkOperation, startBulkOperation } from '../jobs/bulk-operations';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';

/** Changes of many inputs in the background. */
export const bulkOperationHandlers: Handlers = {
  GetBulkOperation({ userAppId, id }, call) {
    const app = readableApp(call, userAppId);
    return { bulkOperation: showBulkOperation(existing(app, id), call.world) };
  },

  ListBulkOperations(request, call) {
    const { bulkOperations } = readableApp(call, request.userAppId);
    const page = pageOf(bulkOperations.values(), request, call.world.options.limits);
    return { bulkOperation: page.map((state) => showBulkOperation(state, call.world)) };
  },

  PostBulkOperations({ userAppId, bulkOperations }, call) {
    const app = writableApp(call, userAppId);
    if (bulkOperations.length === 0) {
      const details = 'Expected at least one bulk operation.';
      throw refuse(StatusCode.BULK_OPERATION_INVALID_REQUEST, details, 'Invalid request');
    }
    const started = bulkOperations.map((posted) => startBulkOperation(app, posted, app.userId, call.world));
    return { bulkOperation: started.map((state) => showBulkOperation(state, call.world)) };
  },

  CancelBulkOperations({ userAppId, ids }, call) {
    const app = writableApp(call, userAppId);
    const states = ids.map((id) => existing(app, id));
    // What has begun is carried through.
    for (const state of states) if (state.processed < 0) state.isCancelled = true;
    return { bulkOperation: states.map((state) => showBulkOperation(state, call.world)) };
  },

  DeleteBulkOperations({ userAppId, ids }, call) {
    const app = writableApp(call, userAppId);
    for (const id of ids) existing(app, id);
    for (const id of ids) app.bulkOperations.delete(id);
    return {};
  },
};

function existing(app: AppState, id: string): BulkOperationState {
  const state = app.bulkOperations.get(id);
  if (state === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return state;
}
