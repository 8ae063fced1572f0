import type { RunnerMethodType } from '../../../generated/proto/clarifai/api/resources';
import type {
  MultiOutputResponse,
  PostModelOutputsRequest,
  RunnerItem,
} from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import { Channel } from './channel';

/** A prediction that a runner is to make. */
export class RunnerTask {
  /** Requests that came after the first, in streams of them. */
  readonly requests: Channel<PostModelOutputsRequest> = new Channel();
  readonly outputs: Channel<DeepPartial<MultiOutputResponse>> = new Channel();
  /** Called when nobody waits for the outputs any longer. */
  onCancel: (() => void) | undefined;

  constructor(
    readonly id: string,
    readonly methodType: RunnerMethodType,
    readonly first: PostModelOutputsRequest,
  ) {}

  get isOver(): boolean {
    return this.outputs.isClosed;
  }

  cancel(): void {
    if (this.isOver) return;
    this.requests.close();
    this.outputs.close();
    this.onCancel?.();
  }

  toMessage(request: PostModelOutputsRequest): DeepPartial<RunnerItem> {
    const { id, methodType } = this;
    const processingInfo = { runnerMethodType: methodType, status: status(StatusCode.SUCCESS) };
    return { id, processingInfo, postModelOutputsRequest: request };
  }

  /** A message without a request, that says something about the item. */
  notice(code: StatusCode): DeepPartial<RunnerItem> {
    const { id, methodType } = this;
    return { id, processingInfo: { runnerMethodType: methodType, status: status(code) } };
  }
}
