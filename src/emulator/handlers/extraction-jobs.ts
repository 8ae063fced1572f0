import { randomId } from '../../base/ids';
import type { InputsDataSource } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { ExtractionJobState } from '../jobs/extraction';
import { showExtraction, startExtraction } from '../jobs/extraction';
import { showInputsAddJob } from '../jobs/show-inputs-add-job';
import type { Answer, Call, Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import { sparse } from '../state/sparse';

/** Inputs from archives and from places in a cloud: what is there is seeded with `emulator.url()`, or fetched where that is allowed. */
export const extractionJobHandlers: Handlers = {
  async PostInputsDataSources({ userAppId, dataSources }, call) {
    const app = writableApp(call, userAppId);
    if (dataSources.length === 0)
      throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one data source.');
    for (const { url } of dataSources)
      if (url === undefined || url.url === '')
        throw refuse(StatusCode.INPUT_INVALID_URL, 'The data source has no URL.');
    return { inputsAddJobs: await Promise.all(dataSources.map((source) => addSource(app, source, call))) };
  },

  GetInputsExtractionJob({ userAppId, inputsExtractionJobId }, call) {
    const app = readableApp(call, userAppId);
    return { inputsExtractionJob: showExtraction(existing(app, inputsExtractionJobId)) };
  },

  ListInputsExtractionJobs(request, call) {
    const { extractionJobs } = readableApp(call, request.userAppId);
    const page = pageOf(extractionJobs.values(), request, call.world.options.limits);
    return { inputsExtractionJobs: page.map(showExtraction) };
  },

  CancelInputsExtractionJobs({ userAppId, ids }, call) {
    const app = writableApp(call, userAppId);
    const jobs = ids.map((id) => existing(app, id));
    for (const job of jobs) {
      // What has begun is carried through.
      if (job.statusCode !== StatusCode.JOB_QUEUED) continue;
      job.statusCode = StatusCode.JOB_CANCELLED;
      job.modifiedAtMs = call.world.clock.now();
    }
    return { inputsExtractionJobs: jobs.map(showExtraction) };
  },
};

type AddedJob = NonNullable<Answer<'PostInputsDataSources'>['inputsAddJobs']>[number];

async function addSource(app: AppState, posted: InputsDataSource, call: Call): Promise<AddedJob> {
  const { world } = call;
  const { inputsAddJobId, url, inputIdConflictResolution: conflictResolution, inputTemplate } = posted;
  const address = url?.url ?? '';
  const job = app.inputs.openJob(inputsAddJobId || randomId(world.randomBytes));
  if (world.urls.mayFetch(address)) await world.urls.fetch(address, call.signal);
  const content = world.urls.resolve(address);
  const source = {
    url: address,
    name: address.replace(/[?#].*$/, ''),
    bytes: content.kind === 'bytes' ? content.bytes : content.kind === 'failed' ? content.details : 'Not found',
    inputsAddJobId: job.id,
    conflictResolution,
    template: inputTemplate && sparse(inputTemplate),
  };
  await startExtraction(app, source, world);
  return showInputsAddJob(app, job);
}

function existing(app: AppState, id: string): ExtractionJobState {
  const job = app.extractionJobs.get(id);
  if (job === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return job;
}
