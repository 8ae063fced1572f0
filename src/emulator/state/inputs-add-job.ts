import type { InputsAddJob as InputsAddJobMessage } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import { InputCounts } from './input-counts';
import { toTimestamp } from './timestamp';

/** Statistics about the inputs that were added under one job id. */
export class InputsAddJob {
  readonly counts: InputCounts = new InputCounts();
  modifiedAtMs: number;
  isCancelled = false;

  constructor(
    readonly id: string,
    readonly createdAtMs: number,
  ) {
    this.modifiedAtMs = createdAtMs;
  }

  toMessage(): DeepPartial<InputsAddJobMessage> {
    const { pending, inProgress, succeeded, failed } = this.counts;
    return {
      id: this.id,
      progress: { pendingCount: pending, inProgressCount: inProgress, successCount: succeeded, failedCount: failed },
      createdAt: toTimestamp(this.createdAtMs),
      modifiedAt: toTimestamp(this.modifiedAtMs),
      status: status(this.isCancelled ? StatusCode.JOB_CANCELLED : statusCodeOf(this.counts)),
    };
  }
}

function statusCodeOf({ pending, inProgress, succeeded, failed }: InputCounts): StatusCode {
  if (pending + inProgress === 0) return StatusCode.JOB_COMPLETED;
  return inProgress + succeeded + failed === 0 ? StatusCode.JOB_QUEUED : StatusCode.JOB_RUNNING;
}
