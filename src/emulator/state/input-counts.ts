import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';

/** How many inputs are in which state of processing. */
export class InputCounts {
  pending = 0;
  inProgress = 0;
  succeeded = 0;
  failed = 0;

  add(code: StatusCode, by: 1 | -1): void {
    if (code === StatusCode.INPUT_PENDING) this.pending += by;
    else if (code === StatusCode.INPUT_IN_PROGRESS) this.inProgress += by;
    else if (code === StatusCode.INPUT_SUCCESS) this.succeeded += by;
    else this.failed += by;
  }
}
