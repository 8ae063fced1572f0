import { RunnerMethodType } from '../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../generated/proto/clarifai/api/service';
import { type LinkedAbort, linkAbort } from '../base/abort';
import type { RunnerWork } from './answer-requests';
import { Outbox } from './outbox';

/** An item that a runner is at. */
export class RunnerTask implements RunnerWork {
  readonly id: string;
  readonly methodType: RunnerMethodType;
  readonly first: PostModelOutputsRequest;
  readonly later: Outbox<PostModelOutputsRequest> = new Outbox();
  readonly #link: LinkedAbort;

  constructor(id: string, methodType: RunnerMethodType, first: PostModelOutputsRequest, ended: AbortSignal) {
    this.id = id;
    this.methodType = methodType;
    this.first = first;
    this.#link = linkAbort(ended);
    if (!this.#takesMore) this.later.end();
  }

  get signal(): AbortSignal {
    return this.#link.signal;
  }

  /** Nobody waits for its answers any longer. */
  cancel(): void {
    this.later.drop();
    this.#link.abort(new Error('Nobody waits for the answer any longer'));
  }

  close(): void {
    this.later.drop();
    this.#link.unlink();
  }

  get #takesMore(): boolean {
    const { STREAMING_UNARY, STREAMING_STREAMING } = RunnerMethodType;
    return this.methodType === STREAMING_UNARY || this.methodType === STREAMING_STREAMING;
  }
}
