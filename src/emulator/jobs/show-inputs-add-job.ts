import type { InputsAddJob as InputsAddJobMessage } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import type { AppState } from '../state/app-state';
import type { InputsAddJob } from '../state/inputs-add-job';
import { showExtraction } from './extraction';
import { showUpload } from './uploads';

/** A job with the files that arrive for it, and the extractions that make its inputs; it is not over before they are. */
export function showInputsAddJob(app: AppState, job: InputsAddJob): DeepPartial<InputsAddJobMessage> {
  const uploads = [...app.uploads.values()]
    .filter(({ extraction }) => extraction?.inputsAddJobId === job.id)
    .map(showUpload);
  const extractionJobs = [...app.extractionJobs.values()]
    .filter(({ inputsAddJobId }) => inputsAddJobId === job.id)
    .map(showExtraction);
  const message = job.toMessage();
  const { UPLOAD_IN_PROGRESS, JOB_QUEUED, JOB_RUNNING, JOB_COMPLETED } = StatusCode;
  const codes = [...uploads, ...extractionJobs].map((one) => one.status?.code);
  const isOpen = codes.includes(UPLOAD_IN_PROGRESS) || codes.includes(JOB_QUEUED);
  const code = codes.includes(JOB_RUNNING) ? JOB_RUNNING : isOpen ? JOB_QUEUED : JOB_COMPLETED;
  // What the inputs say of a job holds as soon as there are some.
  const own = message.status?.code === JOB_COMPLETED ? status(code) : message.status;
  return { ...message, status: own, uploads, extractionJobs };
}
