import { RunnerMethodType } from '../../generated/proto/clarifai/api/resources';
import type { PostRunnerItemOutputsRequest, RunnerItem } from '../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { linkAbort } from '../base/abort';
import type { Timer } from '../base/clock';
import type { DeepPartial } from '../wire/codec';
import { answerRequests, toFailedStatus } from './answer-requests';
import { Outbox } from './outbox';
import type { RunnerService } from './runner-service';
import { RunnerTask } from './runner-task';

/** Milliseconds that the service gets to end a stream whose last outputs were sent. */
const farewellMs = 5000;

/**
 * Keeps one stream open on which work comes in and outputs go back, until it ends, or the service drains. What is not done by
 * then is given to another runner by the service. RPC: V2.ProcessRunnerItems.
 */
export async function processItems(service: RunnerService): Promise<void> {
  const stream = new ItemStream(service);
  await stream.run();
}

class ItemStream {
  readonly #service: RunnerService;
  readonly #tasks = new Map<string, RunnerTask>();
  readonly #outbox = new Outbox<DeepPartial<PostRunnerItemOutputsRequest>>();
  #farewell: Timer | undefined;
  #abort: () => void = () => undefined;

  constructor(service: RunnerService) {
    this.#service = service;
  }

  async run(): Promise<void> {
    const { invokeStream, runner, ended, draining } = this.#service;
    const link = linkAbort(ended);
    const onDrain = (): void => this.#endWhenDone();
    this.#abort = () => link.abort(new Error('The service did not end the stream'));
    draining.addEventListener('abort', onDrain, { once: true });
    void this.#outbox.put({ ...runner, status: { code: StatusCode.RUNNER_STREAM_START } });
    const options = { signal: link.signal, retry: null, idleTimeoutMs: null };
    try {
      for await (const { runnerItems } of invokeStream('ProcessRunnerItems', this.#outbox, options)) {
        for (const item of runnerItems) this.#take(item, link.signal);
      }
    } finally {
      draining.removeEventListener('abort', onDrain);
      link.unlink();
      this.#farewell?.cancel();
      this.#outbox.drop();
      for (const task of this.#tasks.values()) task.cancel();
    }
  }

  #take({ id, processingInfo, postModelOutputsRequest: request }: RunnerItem, ended: AbortSignal): void {
    const code = processingInfo?.status?.code;
    const known = this.#tasks.get(id);
    if (code === StatusCode.RUNNER_ITEM_CANCELLED) known?.cancel();
    else if (known !== undefined) {
      if (request !== undefined) void known.later.put(request);
      if (code === StatusCode.RUNNER_STREAM_END) known.later.end();
    } else if (request !== undefined && !this.#service.draining.aborted) {
      const methodType = processingInfo?.runnerMethodType ?? RunnerMethodType.UNARY_UNARY;
      const task = new RunnerTask(id, methodType, request, ended);
      this.#tasks.set(id, task);
      void this.#work(task);
    }
  }

  async #work(task: RunnerTask): Promise<void> {
    const { runner, handlers, slots } = this.#service;
    const say = (said: DeepPartial<PostRunnerItemOutputsRequest>): Promise<void> =>
      this.#outbox.put({ ...runner, runnerItemId: task.id, ...said });
    try {
      for await (const multiOutputResponse of answerRequests(task, handlers, slots)) {
        await say({ runnerItemOutputs: [{ multiOutputResponse }] });
      }
      if (task.methodType !== RunnerMethodType.UNARY_UNARY)
        await say({ status: { code: StatusCode.RUNNER_STREAM_END } });
    } catch (error) {
      if (!task.signal.aborted) await say({ status: toFailedStatus(error) });
    } finally {
      task.close();
      this.#tasks.delete(task.id);
      if (this.#service.draining.aborted) this.#endWhenDone();
    }
  }

  #endWhenDone(): void {
    if (this.#tasks.size > 0) return;
    this.#outbox.end();
    this.#farewell ??= this.#service.clock.setTimer(this.#abort, farewellMs);
  }
}
