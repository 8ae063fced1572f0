import { setImmediate } from 'node:timers/promises';
import type { RunnerMethodType } from '../../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { randomId } from '../../base/ids';
import { success } from '../answers';
import type { ModelRun } from '../predict/run-model';
import { frameOf } from '../predict/run-model';
import type { Answer, Call } from '../service/call';
import type { RunnerQueue } from './runner-queue';
import { RunnerTask } from './runner-task';

/** Lets a runner make a prediction, and answers what it says; it is told when nobody listens any longer. */
export async function* askRunner(
  queue: RunnerQueue,
  { run, methodType }: { readonly run: ModelRun; readonly methodType: RunnerMethodType },
  first: PostModelOutputsRequest,
  later: AsyncIterable<PostModelOutputsRequest> | undefined,
  call: Call,
): AsyncGenerator<Answer<'PostModelOutputs'>> {
  const task = new RunnerTask(randomId(call.world.randomBytes), methodType, first);
  const cancel = () => task.cancel();
  call.signal.addEventListener('abort', cancel, { once: true });
  if (later === undefined) task.requests.close();
  else void pump(later, task);
  queue.add(task);
  try {
    for await (const { status = success, outputs = [] } of task.outputs)
      yield {
        status,
        outputs: outputs.map((output, index) => {
          const input = first.inputs[index];
          return input === undefined ? output : { ...frameOf(run, input, call), ...output };
        }),
      };
  } finally {
    call.signal.removeEventListener('abort', cancel);
    task.cancel();
    queue.drop(task);
  }
}

async function pump(requests: AsyncIterable<PostModelOutputsRequest>, task: RunnerTask): Promise<void> {
  try {
    for await (const request of requests) task.requests.push(request);
    // The requests of a client that has gone end, too, just before its signal says so.
    await setImmediate();
    task.requests.close();
  } catch {
    task.cancel();
  }
}
