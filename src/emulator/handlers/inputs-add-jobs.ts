import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp, writableApp } from '../service/scope';

/** Jobs that count what becomes of inputs. */
export const inputsAddJobHandlers: Handlers = {
  GetInputsAddJob(request, call) {
    const job = readableApp(call, request.userAppId).inputs.job(request.id);
    if (job === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { inputsAddJob: job.toMessage() };
  },

  ListInputsAddJobs(request, call) {
    const jobs = readableApp(call, request.userAppId).inputs.jobs();
    return { inputsAddJobs: pageOf(jobs, request, call.world.options.limits).map((job) => job.toMessage()) };
  },

  CancelInputsAddJob(request, call) {
    const app = writableApp(call, request.userAppId);
    const job = app.inputs.job(request.id);
    if (job === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    const { pending, inProgress } = job.counts;
    // Inputs that were taken are processed all the same; a job that is over stays what it is.
    if (pending + inProgress > 0) Object.assign(job, { isCancelled: true, modifiedAtMs: call.world.clock.now() });
    return { inputsAddJob: job.toMessage() };
  },
};
