import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { showInputsAddJob } from '../jobs/show-inputs-add-job';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';

/** Jobs that count what becomes of inputs. */
export const inputsAddJobHandlers: Handlers = {
  GetInputsAddJob(request, call) {
    const app = readableApp(call, request.userAppId);
    const job = app.inputs.job(request.id);
    if (job === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { inputsAddJob: showInputsAddJob(app, job) };
  },

  ListInputsAddJobs(request, call) {
    const app = readableApp(call, request.userAppId);
    const page = pageOf(app.inputs.jobs(), request, call.world.options.limits);
    return { inputsAddJobs: page.map((job) => showInputsAddJob(app, job)) };
  },

  CancelInputsAddJob(request, call) {
    const app = writableApp(call, request.userAppId);
    const job = app.inputs.job(request.id);
    if (job === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    const isOver = showInputsAddJob(app, job).status?.code === StatusCode.JOB_COMPLETED;
    // Inputs that were taken are processed all the same; a job that is over stays what it is.
    if (!isOver) Object.assign(job, { isCancelled: true, modifiedAtMs: call.world.clock.now() });
    return { inputsAddJob: showInputsAddJob(app, job) };
  },
};
