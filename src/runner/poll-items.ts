import type { RunnerItem, RunnerItemOutput } from '../../generated/proto/clarifai/api/service';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { RunnerMethodType } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { linkAbort } from '../base/abort';
import { ClarifaiError } from '../base/errors';
import type { DeepPartial } from '../wire/codec';
import { answerRequests, toFailedStatus } from './answer-requests';
import type { RunnerService } from './runner-service';
import { RunnerTask } from './runner-task';

/** Milliseconds that the service may hold a poll while there is nothing to do. */
const pollTimeoutMs = 60_000;

/**
 * Asks for work again and again, as long as there are hands for it, and sends the outputs of each item at once. RPCs:
 * V2.ListRunnerItems, V2.PostRunnerItemOutputs.
 */
export async function pollItems(service: RunnerService): Promise<void> {
  const { slots, draining, ended, onError } = service;
  const link = linkAbort(draining, ended);
  const underway = new Set<Promise<void>>();
  try {
    while (!link.signal.aborted) {
      await slots.take();
      slots.release();
      for (const item of await poll(service, link.signal)) {
        const working = work(service, item).catch(onError);
        underway.add(working);
        void working.finally(() => underway.delete(working));
      }
    }
  } catch (error) {
    if (!link.signal.aborted) throw error;
  } finally {
    link.unlink();
  }
  await Promise.all(underway);
}

async function poll({ invoke, runner }: RunnerService, signal: AbortSignal): Promise<readonly RunnerItem[]> {
  const { runnerReplicaId: _, ...request } = runner;
  const options = { signal, timeoutMs: pollTimeoutMs, attemptTimeoutMs: null, retry: null };
  try {
    return (await invoke('ListRunnerItems', request, options)).runnerItems;
  } catch (error) {
    // What the service says when there is nothing to do.
    if (error instanceof ClarifaiError && error.statusCode === StatusCode.RUNNER_NEEDS_RETRY) return [];
    throw error;
  }
}

async function work(service: RunnerService, item: RunnerItem): Promise<void> {
  const { id, processingInfo, postModelOutputsRequest: request } = item;
  if (request === undefined) return;
  const { invoke, runner, handlers, slots, ended } = service;
  const methodType = processingInfo?.runnerMethodType ?? RunnerMethodType.UNARY_UNARY;
  const task = new RunnerTask(id, methodType, request, ended);
  task.later.end();
  const runnerItemOutputs: DeepPartial<RunnerItemOutput>[] = [];
  let status: DeepPartial<Status> | undefined;
  try {
    for await (const multiOutputResponse of answerRequests(task, handlers, slots)) {
      runnerItemOutputs.push({ multiOutputResponse });
    }
  } catch (error) {
    status = toFailedStatus(error);
  } finally {
    task.close();
  }
  if (ended.aborted) return;
  await invoke('PostRunnerItemOutputs', { ...runner, runnerItemId: id, runnerItemOutputs, status }, { signal: ended });
}
