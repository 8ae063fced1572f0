import type { ListLogEntriesRequest } from '../../../generated/proto/clarifai/api/service';
import type { LogEntry } from '../../../generated/proto/clarifai/api/resources';
import type { Handlers } from '../service/call';
import { pageOf, perPageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';

const defaultPerPage = 32;

/** What models, workflows, pipelines and runners have logged: what was posted, in its order. */
export const logEntryHandlers: Handlers = {
  PostLogEntries({ logEntries }, call) {
    const logs = logEntries.map(({ meta }) => writableApp(call, meta?.userAppId).logEntries);
    logEntries.forEach((entry, index) => logs[index]?.push(entry));
    return {};
  },

  /** No page, and one past the end, mean the last. */
  ListLogEntries(request, call) {
    const { limits } = call.world.options;
    const entries = readableApp(call, request.userAppId).logEntries.filter((entry) => isOf(entry, request));
    const perPage = perPageOf(request.perPage, defaultPerPage, limits);
    const last = Math.max(1, Math.ceil(entries.length / perPage));
    const page = request.page === 0 ? last : Math.min(request.page, last);
    return { logEntries: pageOf(entries, { page, perPage }, limits), page, perPage };
  },
};

/** What a list may be asked to be about. */
const sources = [
  'modelId',
  'modelVersionId',
  'workflowId',
  'computeClusterId',
  'nodepoolId',
  'runnerId',
  'pipelineId',
  'pipelineVersionId',
  'pipelineVersionRunId',
  'pipelineStepId',
  'pipelineStepVersionId',
] as const satisfies readonly (keyof ListLogEntriesRequest)[];

function isOf({ logType, meta }: LogEntry, request: ListLogEntriesRequest): boolean {
  if (request.logType !== '' && request.logType !== logType) return false;
  return sources.every((source) => request[source] === '' || request[source] === meta?.[source]);
}
