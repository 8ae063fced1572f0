import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { isFailure } from '../base/situation';
import { fromStatus, situationOf, statusCodeName } from '../base/to-clarifai-error';
import type { Plain } from '../operations/to-plain';
import type { InputJobInfo } from './input-jobs';

/** Whether nothing more comes of a job: no file, no input, no change of an input. */
export function isJobOver({ status, progress, uploads, extractionJobs }: InputJobInfo): boolean {
  if (isCancelled(status)) return true;
  if (uploads.some(isUnderWay) || extractionJobs.some(isUnderWay)) return false;
  const { pendingCount = 0, inProgressCount = 0, successCount = 0, failedCount = 0 } = progress ?? {};
  if (pendingCount + inProgressCount > 0) return false;
  if ([...uploads, ...extractionJobs].some(hasFailed)) return true;
  // An upload that is complete has its extraction a moment later.
  if (uploads.length > extractionJobs.length) return successCount + failedCount > 0 && !isUnderWay({ status });
  return !isUnderWay({ status });
}

/** What a job has come to, in words. */
export function progressOf({ status, progress }: InputJobInfo): string {
  const { pendingCount = 0, inProgressCount = 0, successCount = 0, failedCount = 0 } = progress ?? {};
  const counts = `${successCount} inputs processed, ${failedCount} failed, ${pendingCount + inProgressCount} under way`;
  return `${statusCodeName(status?.code ?? 0)}, ${counts}`;
}

/** @throws ClarifaiError of the first part of the job that failed, or of the job itself */
export function assertNoFailure({ status, uploads, extractionJobs }: InputJobInfo): void {
  const failed = [...uploads, ...extractionJobs, { status }].find(hasFailed);
  if (failed?.status !== undefined) throw fromStatus(failed.status, { method: 'GetInputsAddJob' });
}

interface WithStatus {
  readonly status: Plain<Status> | undefined;
}

function isUnderWay({ status }: WithStatus): boolean {
  return status !== undefined && situationOf(status.code) === 'inProgress';
}

function hasFailed({ status }: WithStatus): boolean {
  return status !== undefined && isFailure(situationOf(status.code));
}

function isCancelled(status: Plain<Status> | undefined): boolean {
  return status !== undefined && situationOf(status.code) === 'cancelled';
}
