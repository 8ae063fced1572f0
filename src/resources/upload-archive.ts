import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { assertBoolean, assertFunction, assertInteger, assertObject } from '../base/assert';
import { ClarifaiError, NotFoundError } from '../base/errors';
import { maxRequestBytes } from '../base/limits';
import { mapConcurrent } from '../operations/map-concurrent';
import type { WaitOptions } from '../operations/poll';
import { present } from '../operations/single';
import { withoutEnd } from '../operations/without-end';
import type { CallOptions } from '../options/call-options';
import { type FoundInputsOptions, toFoundInputs } from './cloud-source';
import type { ScopedContext } from './context';
import { type InputJobInfo, InputJobs } from './input-jobs';
import { type SavedUpload, savedUpload } from './saved-upload';
import {
  openContent,
  type UploadContent,
  type UploadContentOptions,
  type UploadPart,
  type UploadSource,
} from './upload-content';

/** How far an archive has come. */
export interface ArchiveProgress {
  /** Bytes that the service has. */
  readonly sentBytes: number;
  /** Bytes in all. */
  readonly totalBytes: number;
  /** What becomes of the inputs, once all bytes are there. */
  readonly job: InputJobInfo | undefined;
}

/** Call options are those of each request. */
export interface AddArchiveOptions
  extends FoundInputsOptions, UploadContentOptions, Omit<WaitOptions, 'onPoll' | 'timeoutMs'> {
  /** Milliseconds to wait for the inputs once all bytes are there; `null` waits as long as it takes. @default null */
  readonly timeoutMs?: number | null | undefined;
  /** Bytes of a part, which is what is sent again after a failure. @default 8388608 (8 MiB) */
  readonly partBytes?: number | undefined;
  /** Parts on their way at once; each is in memory, no others are. @default 4 */
  readonly concurrency?: number | undefined;
  /**
   * File in which the upload of a file is noted, so that the same call after the end of this process sends only what is
   * missing; it goes when the job is over. A file of another upload is refused (`UPLOAD_MISMATCH`). @default none
   */
  readonly resume?: string | undefined;
  /** Told after each part, and of each look at the job. */
  readonly onProgress?: ((progress: ArchiveProgress) => void) | undefined;
  /** Also deletes the upload, or cancels the job, when the signal aborts. @default false */
  readonly cancelOnAbort?: boolean | undefined;
}

const defaultPartBytes = 8 * 1024 * 1024;
const defaultConcurrency = 4;

/** What the service calls an archive on its way. */
type ArchiveIds = Readonly<Record<'jobId' | 'uploadId', string>>;

/** What the upload of an archive works with, complete. */
interface ArchiveUpload {
  readonly context: ScopedContext;
  readonly content: UploadContent;
  readonly saved: SavedUpload<ArchiveIds>;
  readonly partBytes: number;
  readonly concurrency: number;
  readonly call: CallOptions;
  readonly sent: () => void;
}

/** Sends an archive in parts, and waits until the service has made inputs of what is in it. See `Inputs.addArchive`. */
export async function addArchive(
  context: ScopedContext,
  archive: UploadSource,
  options: AddArchiveOptions,
): Promise<InputJobInfo> {
  assertObject(options, 'options', undefined, { hideValue: true });
  const { jobId: ownJobId, conflicts, template, name, sizeBytes, resume, onProgress, ...rest } = options;
  const { timeoutMs = null, pollMs, maxPollMs, cancelOnAbort = false, ...sending } = rest;
  const { partBytes = defaultPartBytes, concurrency = defaultConcurrency, ...call } = sending;
  assertInteger(partBytes, 'partBytes', { min: 1, max: maxRequestBytes });
  assertInteger(concurrency, 'concurrency', { min: 1 });
  assertBoolean(cancelOnAbort, 'cancelOnAbort');
  if (onProgress !== undefined) assertFunction(onProgress, 'onProgress');
  const inputsUpload = toFoundInputs({ jobId: ownJobId, conflicts, template }, '');
  const content = await openContent(archive, 'archive', { name, sizeBytes });
  const saved = await savedUpload<ArchiveIds>(context, { makes: 'inputs', content, partBytes, resume });
  const totalBytes = content.sizeBytes;
  const sent = (): void => onProgress?.({ sentBytes: saved.sentBytes, totalBytes, job: undefined });
  const upload: ArchiveUpload = { context, content, saved, partBytes, concurrency, call, sent };
  const jobId = await uploadWhole(upload, inputsUpload, cancelOnAbort);
  const job = new InputJobs(context).wait(jobId, {
    ...{ ...call, timeoutMs, pollMs, maxPollMs, cancelOnAbort },
    onProgress: (seen) => onProgress?.({ sentBytes: totalBytes, totalBytes, job: seen }),
  });
  return saved.until(job);
}

/** Sends what is missing, and returns the id of the job that makes inputs of it. */
async function uploadWhole(
  upload: ArchiveUpload,
  inputsUpload: ReturnType<typeof toFoundInputs>,
  cancelOnAbort: boolean,
): Promise<string> {
  const begun = await begunUpload(upload);
  const { jobId, uploadId, isWhole } = begun ?? (await begin(upload, inputsUpload));
  if (isWhole) return jobId;
  try {
    await sendParts(upload, uploadId);
  } catch (error) {
    if (cancelOnAbort && upload.call.signal?.aborted === true) await discard(upload, uploadId);
    throw error;
  }
  return jobId;
}

interface Begun extends ArchiveIds {
  /** Whether there is nothing left to send. */
  readonly isWhole: boolean;
}

async function begin(
  { context, content, saved, call }: ArchiveUpload,
  inputsUpload: ReturnType<typeof toFoundInputs>,
): Promise<Begun> {
  const upload = { contentName: content.name, contentLength: content.sizeBytes };
  const request = { userAppId: context.userAppId, inputsUploads: [{ ...inputsUpload, upload }] };
  const { inputsAddJobs } = await context.invoke('PostInputsUploads', request, call);
  const job = present(inputsAddJobs[0], 'PostInputsUploads');
  const ids = { jobId: job.id, uploadId: present(job.uploads[0], 'PostInputsUploads').id };
  await saved.begin(ids);
  return { ...ids, isWhole: false };
}

/** The upload that an earlier process began, if it is still there. */
async function begunUpload({ context, saved, call }: ArchiveUpload): Promise<Begun | undefined> {
  if (saved.ids === undefined) return undefined;
  try {
    const { upload } = await context.invoke(
      'GetUpload',
      { userAppId: context.userAppId, uploadId: saved.ids.uploadId },
      call,
    );
    const { status } = present(upload, 'GetUpload');
    if (status?.code === StatusCode.UPLOAD_DONE) return { ...saved.ids, isWhole: true };
    return status?.code === StatusCode.UPLOAD_IN_PROGRESS ? { ...saved.ids, isWhole: false } : undefined;
  } catch (error) {
    // Uploads that nobody went on with expire.
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function sendParts(upload: ArchiveUpload, uploadId: string): Promise<void> {
  const { content, saved, partBytes, concurrency, call, sent } = upload;
  const parts = content.parts(partBytes, (partNumber) => saved.has(partNumber));
  const send = async (part: UploadPart, { signal }: { readonly signal: AbortSignal }): Promise<void> => {
    await sendPart(upload, uploadId, part, signal);
    await saved.add(part.partNumber);
    sent();
  };
  const answered = mapConcurrent(parts, send, { concurrency, signal: call.signal });
  while ((await answered.next()).done !== true);
}

async function sendPart(
  { context, call }: ArchiveUpload,
  uploadId: string,
  part: UploadPart,
  signal: AbortSignal,
): Promise<void> {
  const request = { userAppId: context.userAppId, uploadId, contentParts: [part] };
  const options = { ...call, signal, requestBytes: part.data.length };
  try {
    await context.invoke('PutUploadContentParts', request, options);
  } catch (error) {
    // The answer to the last part may have been lost: whoever sends it again is told that nothing is missing.
    if (!(error instanceof ClarifaiError) || error.statusCode !== StatusCode.UPLOAD_CONFLICT) throw error;
    const { upload } = await context.invoke(
      'GetUpload',
      { userAppId: context.userAppId, uploadId },
      { ...call, signal },
    );
    if (upload?.status?.code !== StatusCode.UPLOAD_DONE) throw error;
  }
}

/** What the caller hears of is the abort, not whether this worked. */
async function discard({ context, saved, call }: ArchiveUpload, uploadId: string): Promise<void> {
  try {
    await context.invoke('DeleteUploads', { userAppId: context.userAppId, ids: [uploadId] }, withoutEnd(call));
    await saved.remove();
  } catch {
    // It expires by itself.
  }
}
