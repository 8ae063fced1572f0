import { RunnerMethodType } from '../../../generated/proto/clarifai/api/resources';
import type { PostRunnerItemOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { isFailure, status } from '../answers';
import { sparse } from '../state/sparse';
import type { RunnerQueue } from './runner-queue';
import type { RunnerTask } from './runner-task';

/** Codes with which a runner says something about the stream rather than about the outputs. */
const aboutStream: ReadonlySet<StatusCode> = new Set([
  StatusCode.ZERO,
  StatusCode.RUNNER_STREAM_START,
  StatusCode.RUNNER_STREAM_END,
]);

/** Hands on what a runner says of an item. @param isAll whether it will say no more */
export function receiveOutputs(
  queue: RunnerQueue,
  task: RunnerTask,
  { runnerItemOutputs, status: said }: PostRunnerItemOutputsRequest,
  isAll: boolean,
): void {
  for (const { multiOutputResponse } of runnerItemOutputs)
    if (multiOutputResponse !== undefined) task.outputs.push(sparse(multiOutputResponse));
  const code = said?.code ?? StatusCode.ZERO;
  const hasFailed = !aboutStream.has(code) && isFailure(code);
  if (hasFailed && runnerItemOutputs.length === 0)
    task.outputs.push({ status: said === undefined ? status(code) : sparse(said), outputs: [] });
  const isUnary = task.methodType === RunnerMethodType.UNARY_UNARY && runnerItemOutputs.length > 0;
  if (isAll || isUnary || hasFailed || code === StatusCode.RUNNER_STREAM_END) queue.finish(task);
}
