import { RunnerMethodType } from '../../../generated/proto/clarifai/api/resources';
import type { UserAppIDSet } from '../../../generated/proto/clarifai/api/resources';
import type { PostRunnerItemOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse, status, success } from '../answers';
import { Channel } from '../runners/channel';
import { queueOf } from '../runners/find-runner';
import { receiveOutputs } from '../runners/receive-outputs';
import type { RunnerQueue } from '../runners/runner-queue';
import type { RunnerTask } from '../runners/runner-task';
import type { Answer, Call, Handlers } from '../service/call';
import { pause } from '../service/pause';
import { assertIsSelf, scopedUser } from '../service/scope';
import { existingIn } from '../state/existing';

/** How long a poll waits for something to do. */
const pollMs = 1000;

type Items = Answer<'ProcessRunnerItems'>;

/** What runners have to do: they poll for it, or keep a stream open through which it comes. */
export const runnerItemHandlers: Handlers = {
  async ListRunnerItems({ userAppId, runnerId }, call) {
    const queue = ownQueue(userAppId, runnerId, call);
    const tasks = await waitingIn(queue, call);
    if (tasks.length === 0) return { status: status(StatusCode.RUNNER_NEEDS_RETRY), runnerItems: [] };
    return { runnerItems: tasks.map((task) => task.toMessage(task.first)) };
  },

  PostRunnerItemOutputs(request, call) {
    const queue = ownQueue(request.userAppId, request.runnerId, call);
    const task = queue.find(request.runnerItemId);
    if (task === undefined) throw refuse(StatusCode.RUNNER_INVALID_ARGUMENT, 'There is no such item.');
    receiveOutputs(queue, task, request, true);
    return { runnerItemOutputs: [] };
  },

  async *ProcessRunnerItems(requests, call) {
    const messages = requests[Symbol.asyncIterator]();
    const first = await messages.next();
    if (first.done === true) return;
    const { userAppId, runnerId, status: said } = first.value;
    if (said?.code !== StatusCode.RUNNER_STREAM_START)
      throw refuse(StatusCode.RUNNER_INVALID_REQUEST, 'Expected RUNNER_STREAM_START first.', 'Invalid request');
    yield* process(ownQueue(userAppId, runnerId, call), { next: () => messages.next() });
  },
};

function ownQueue(scope: UserAppIDSet | undefined, runnerId: string, call: Call): RunnerQueue {
  const user = scopedUser(call, scope);
  assertIsSelf(call, user);
  return queueOf(call.world, user, existingIn(user.runners, runnerId).id);
}

async function waitingIn(queue: RunnerQueue, { world, signal }: Call): Promise<RunnerTask[]> {
  const tasks = queue.take();
  if (tasks.length > 0) return tasks;
  const waiting = new AbortController();
  const stop = queue.listen(() => waiting.abort());
  const ends = AbortSignal.any([signal, waiting.signal]);
  await pause(world.clock, pollMs, ends).catch(() => undefined);
  stop();
  // A poll that nobody reads any longer must not take anything.
  return signal.aborted ? [] : queue.take();
}

interface Messages {
  next(): Promise<IteratorResult<PostRunnerItemOutputsRequest, unknown>>;
}

/** Sends what comes in and hands on what comes back, until the runner ends the stream; what it leaves undone waits for another. */
async function* process(queue: RunnerQueue, messages: Messages): AsyncGenerator<Items> {
  const out = new Channel<Items>();
  const feed = () => {
    for (const task of queue.take(out)) void send(task, out);
  };
  const stop = queue.listen(feed);
  const reading = read(queue, messages).finally(() => out.close());
  feed();
  try {
    yield* out;
    await reading;
  } finally {
    stop();
    queue.giveBack(out);
  }
}

async function send(task: RunnerTask, out: Channel<Items>): Promise<void> {
  const item = (message: NonNullable<Items['runnerItems']>[number]) =>
    out.push({ status: success, runnerItems: [message] });
  task.onCancel = () => item(task.notice(StatusCode.RUNNER_ITEM_CANCELLED));
  item(task.toMessage(task.first));
  if (task.methodType !== RunnerMethodType.STREAMING_STREAMING) return;
  for await (const request of task.requests) item(task.toMessage(request));
  if (!task.isOver) item(task.notice(StatusCode.RUNNER_STREAM_END));
}

async function read(queue: RunnerQueue, messages: Messages): Promise<void> {
  for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
    const task = queue.find(next.value.runnerItemId);
    // What was cancelled in the meantime is answered to nobody.
    if (task !== undefined) receiveOutputs(queue, task, next.value, false);
  }
}
