import type { InputsAddJob, InputsExtractionJob } from '../../generated/proto/clarifai/api/resources';
import { assertBoolean, assertFunction, assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { poll, type WaitOptions } from '../operations/poll';
import { present, single } from '../operations/single';
import { type Plain, toPlain } from '../operations/to-plain';
import { withoutEnd } from '../operations/without-end';
import type { CallOptions } from '../options/call-options';
import type { ScopedContext } from './context';
import { assertNoFailure, isJobOver, progressOf } from './input-job-state';

/** A job that counts what becomes of inputs, with its uploads and extractions, as the service describes it. */
export interface InputJobInfo extends Plain<Omit<InputsAddJob, 'appPat'>> {}

/** The taking of inputs out of an archive or a place in a cloud, as the service describes it. */
export interface InputExtractionInfo extends Plain<InputsExtractionJob> {}

/** How a job is waited for. */
export interface InputJobWaitOptions extends Omit<WaitOptions, 'onPoll'> {
  /** Told what each look saw: `progress` counts inputs, `extractionJobs` what was found in archives. */
  readonly onProgress?: ((job: InputJobInfo) => void) | undefined;
  /** Also cancels the job when the signal aborts. @default false, which leaves it to the service */
  readonly cancelOnAbort?: boolean | undefined;
}

/** The jobs in which inputs are added to an app. */
export class InputJobs {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Lists the jobs. RPC: V2.ListInputsAddJobs. */
  list(options: ListOptions = {}): Listing<InputJobInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListInputsAddJobs', request, call)).inputsAddJobs.map(withoutSecret);
    });
  }

  /**
   * Reads a job. RPC: V2.GetInputsAddJob.
   *
   * @throws NotFoundError when the app has no such job
   */
  async get(jobId: string, options: CallOptions = {}): Promise<InputJobInfo> {
    assertId(jobId, 'jobId');
    const request = { userAppId: this.#context.userAppId, id: jobId };
    return toInfo((await this.#context.invoke('GetInputsAddJob', request, options)).inputsAddJob, 'GetInputsAddJob');
  }

  /**
   * Waits until all files of a job have arrived, everything was taken out of them, and each input was processed. What could
   * not be processed is counted in `progress.failedCount`. RPC: V2.GetInputsAddJob, again and again.
   *
   * @throws ClarifaiError of the first upload or extraction that failed, or of the job when it was cancelled
   * @throws DeadlineExceededError with the code `WAIT_TIMEOUT` and the last counts when it takes longer than `timeoutMs`
   * @example
   * const { progress } = await app.inputs.jobs.wait(job.id, { onProgress: ({ progress }) => console.log(progress) });
   */
  async wait(jobId: string, options: InputJobWaitOptions = {}): Promise<InputJobInfo> {
    assertObject(options, 'options', undefined, { hideValue: true });
    const { onProgress, cancelOnAbort = false, ...waiting } = options;
    assertId(jobId, 'jobId');
    if (onProgress !== undefined) assertFunction(onProgress, 'onProgress');
    assertBoolean(cancelOnAbort, 'cancelOnAbort');
    try {
      return await poll(
        `job ${jobId} to add its inputs`,
        async (call) => {
          const job = await this.get(jobId, call);
          onProgress?.(job);
          if (!isJobOver(job)) return { done: false, seen: progressOf(job) };
          assertNoFailure(job);
          return { done: true, value: job };
        },
        waiting,
        this.#context.clock,
      );
    } catch (error) {
      if (cancelOnAbort && waiting.signal?.aborted === true) await this.#cancelWhole(jobId, withoutEnd(waiting));
      throw error;
    }
  }

  /** Cancels a job; inputs that were added stay. RPC: V2.CancelInputsAddJob. */
  async cancel(jobId: string, options: CallOptions = {}): Promise<InputJobInfo> {
    assertId(jobId, 'jobId');
    const request = { userAppId: this.#context.userAppId, id: jobId };
    const { inputsAddJob } = await this.#context.invoke('CancelInputsAddJob', request, options);
    return toInfo(inputsAddJob, 'CancelInputsAddJob');
  }

  /** Lists what is taken out of archives and clouds. RPC: V2.ListInputsExtractionJobs. */
  listExtractions(options: ListOptions = {}): Listing<InputExtractionInfo> {
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListInputsExtractionJobs', request, call)).inputsExtractionJobs;
    });
  }

  /**
   * Reads an extraction. RPC: V2.GetInputsExtractionJob.
   *
   * @throws NotFoundError when the app has no such extraction
   */
  async getExtraction(extractionId: string, options: CallOptions = {}): Promise<InputExtractionInfo> {
    assertId(extractionId, 'extractionId');
    const request = { userAppId: this.#context.userAppId, inputsExtractionJobId: extractionId };
    const { inputsExtractionJob } = await this.#context.invoke('GetInputsExtractionJob', request, options);
    return single(inputsExtractionJob, 'GetInputsExtractionJob');
  }

  /**
   * Cancels extractions; inputs that were added stay. RPC: V2.CancelInputsExtractionJobs, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is cancelled that was not named
   */
  async cancelExtractions(extractionIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(extractionIds, 'extractionIds', (ids) =>
      this.#context.invoke('CancelInputsExtractionJobs', { userAppId, ids }, options),
    );
  }

  /** Its extractions too, as no document says that they end with it. What the caller hears of is the abort. */
  async #cancelWhole(jobId: string, options: CallOptions): Promise<void> {
    try {
      const { extractionJobs } = await this.cancel(jobId, options);
      if (extractionJobs.length > 0)
        await this.cancelExtractions(
          extractionJobs.map(({ id }) => id),
          options,
        );
    } catch {
      // It may be over, or the client closed.
    }
  }
}

/** Plain data of a job that the service described. */
export function toInfo(job: InputsAddJob | undefined, method: string): InputJobInfo {
  return toPlain(withoutSecret(present(job, method)));
}

/** The service may give a token of the app along, which has no place in what programs log. */
function withoutSecret({ appPat: _secret, ...job }: InputsAddJob): Omit<InputsAddJob, 'appPat'> {
  return job;
}
