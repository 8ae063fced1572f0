import type { ModelVersion } from '../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../generated/proto/clarifai/api/status/status_code';
import { sleep, throwIfAborted } from '../base/abort';
import { assertBoolean, assertFunction, assertInteger, assertObject, invalidArgument } from '../base/assert';
import { ClarifaiError, NotFoundError, UnavailableError } from '../base/errors';
import { assertId } from '../base/id';
import { randomId } from '../base/ids';
import { maxRequestBytes } from '../base/limits';
import { backoffMs } from '../operations/backoff';
import type { WaitOptions } from '../operations/poll';
import { pollStatus } from '../operations/poll-status';
import type { CallOptions } from '../options/call-options';
import { resolveCallOptions } from '../options/resolve-call-options';
import type { ScopedContext } from './context';
import { ModelUploadStream } from './model-upload-stream';
import type { ModelVersionFields, ModelVersionInfo } from './model-versions';
import { type SavedUpload, savedUpload } from './saved-upload';
import { openContent, type UploadContent } from './upload-content';

/** The files of a model, packed: the path of a file, bytes or a Blob, which can be read again from any place. */
export type ModelFileSource = string | Uint8Array | Blob;

/** How far a version has come. */
export interface ModelUploadProgress {
  /** Bytes that the service has. */
  readonly sentBytes: number;
  /** Bytes in all. */
  readonly totalBytes: number;
  /** What the service is at, once all bytes are there, such as `MODEL_BUILDING`. */
  readonly status: string | undefined;
}

/** How a version is uploaded and waited for. */
export interface UploadModelVersionOptions extends Omit<WaitOptions, 'onPoll' | 'timeoutMs'> {
  /** Milliseconds to wait for the version once all bytes are there; `null` waits as long as it takes. @default null */
  readonly timeoutMs?: number | null | undefined;
  /** Whether it is a .tar.gz with a Dockerfile, of which the service builds an image. @default false, for a .zip */
  readonly isV3?: boolean | undefined;
  /** Bytes of storage that building the image needs. @default the service's own */
  readonly storageRequestBytes?: number | undefined;
  /** Bytes of a part, of which two are in memory. @default 10485760 (10 MiB) */
  readonly partBytes?: number | undefined;
  /**
   * File in which the upload of a file is noted, so that the same call after the end of this process sends only what is
   * missing; it goes when the version is there. A file of another upload is refused (`UPLOAD_MISMATCH`). @default none
   */
  readonly resume?: string | undefined;
  /** Told after each part, and of each look at the version. */
  readonly onProgress?: ((progress: ModelUploadProgress) => void) | undefined;
}

const defaultPartBytes = 10 * 1024 * 1024;

/** What the service calls a version on its way. */
type VersionIds = Readonly<Record<'versionId', string>>;

interface ModelUpload {
  readonly context: ScopedContext;
  readonly modelId: string;
  readonly fields: ModelVersionFields;
  readonly content: UploadContent;
  readonly saved: SavedUpload<VersionIds>;
  readonly options: Pick<UploadModelVersionOptions, 'isV3' | 'storageRequestBytes'> & { readonly partBytes: number };
  readonly call: CallOptions;
  readonly sent: () => void;
}

/** Uploads a version of a model, and waits until it is ready. See `ModelVersions.upload`. */
export async function uploadModelVersion(
  context: ScopedContext,
  modelId: string,
  source: ModelFileSource,
  fields: ModelVersionFields,
  options: UploadModelVersionOptions,
): Promise<ModelVersionInfo> {
  const { timeoutMs = null, pollMs, maxPollMs, onProgress, resume, isV3, storageRequestBytes, ...rest } = options;
  const { partBytes = defaultPartBytes, ...call } = rest;
  assertObject(fields, 'fields');
  if (fields.id !== undefined) assertId(fields.id, 'fields.id');
  assertInteger(partBytes, 'partBytes', { min: 1, max: maxRequestBytes });
  if (isV3 !== undefined) assertBoolean(isV3, 'isV3');
  if (storageRequestBytes !== undefined) assertInteger(storageRequestBytes, 'storageRequestBytes', { min: 1 });
  if (onProgress !== undefined) assertFunction(onProgress, 'onProgress');
  const isFile = typeof source === 'string' || source instanceof Uint8Array || source instanceof Blob;
  if (!isFile) throw invalidArgument('file', 'a path, bytes or a Blob', source);
  const content = await openContent(source, 'file', {});
  const makes = `a version of model ${modelId}`;
  const saved = await savedUpload<VersionIds>(context, { makes, content, partBytes, resume });
  const totalBytes = content.sizeBytes;
  const sent = (): void => onProgress?.({ sentBytes: saved.sentBytes, totalBytes, status: undefined });
  const upload: ModelUpload = {
    ...{ context, modelId, fields, content, saved, call, sent },
    options: { isV3, storageRequestBytes, partBytes },
  };
  const versionId = await uploadWhole(upload);
  const request = { userAppId: context.userAppId, modelId, versionId };
  const ready = pollStatus<ModelVersion>(
    {
      what: `version ${versionId} of model ${modelId} to be ready`,
      method: 'GetModelVersion',
      done: StatusCode.MODEL_TRAINED,
      read: async (one) => (await context.invoke('GetModelVersion', request, one)).modelVersion,
    },
    {
      ...{ ...call, timeoutMs, pollMs, maxPollMs },
      onPoll: (status) => onProgress?.({ sentBytes: totalBytes, totalBytes, status }),
    },
    context.clock,
  );
  return saved.until(ready);
}

/** Opens stream after stream until all parts are answered, and returns the id of the version. */
async function uploadWhole(upload: ModelUpload): Promise<string> {
  const { context, saved, content, options, call } = upload;
  const { retry } = resolveCallOptions(context.ingestion.defaults, call);
  const lastPart = Math.ceil(content.sizeBytes / options.partBytes);
  let versionId = saved.ids?.versionId ?? upload.fields.id ?? randomId();
  let isKnown = saved.ids !== undefined;
  let failures = 0;
  for (;;) {
    const state = isKnown ? await stateOf(upload, versionId) : 'absent';
    if (state === 'whole') return versionId;
    if (state === 'absent') await saved.begin({ versionId });
    const before = saved.count;
    const stream = openStream(upload, versionId, async (given) => {
      if (given === '' || given === versionId) return;
      versionId = given;
      await saved.begin({ versionId });
    });
    isKnown = true;
    try {
      await stream.send();
      if (saved.count === lastPart) return versionId;
      if (saved.count === before) throw endedEarly();
      failures = 0;
    } catch (error) {
      throwIfAborted(call.signal);
      failures = saved.count > before ? 1 : failures + 1;
      // What fails before its first answer has been tried again already.
      if (!stream.hasBegun || retry === null || failures >= retry.maxAttempts || !isPassing(error)) throw error;
      const { baseDelayMs, maxDelayMs } = retry;
      await sleep(backoffMs({ retry: failures, baseDelayMs, maxDelayMs }, Math.random), context.clock, call.signal);
    }
  }
}

function openStream(
  { context, modelId, fields, content, saved, options, call, sent }: ModelUpload,
  versionId: string,
  onBegun: (versionId: string) => Promise<void>,
): ModelUploadStream {
  const { isV3 = false, storageRequestBytes, partBytes } = options;
  return new ModelUploadStream({
    invokeStream: context.invokeStream,
    config: {
      userAppId: context.userAppId,
      modelId,
      modelVersion: { ...fields, id: versionId },
      totalSize: content.sizeBytes,
      isV3,
      ...(storageRequestBytes !== undefined && { storageRequestSize: storageRequestBytes }),
    },
    parts: content.parts(partBytes, (partNumber) => saved.has(partNumber)),
    call,
    onBegun,
    onAnswered: async ({ partNumber }) => {
      await saved.add(partNumber);
      sent();
    },
  });
}

/** What the service has of a version whose upload was begun. */
async function stateOf(
  { context, modelId, call }: ModelUpload,
  versionId: string,
): Promise<'absent' | 'begun' | 'whole'> {
  const request = { userAppId: context.userAppId, modelId, versionId };
  try {
    const { modelVersion } = await context.invoke('GetModelVersion', request, call);
    return modelVersion?.status?.code === StatusCode.MODEL_UPLOADING ? 'begun' : 'whole';
  } catch (error) {
    if (error instanceof NotFoundError) return 'absent';
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof ClarifaiError && ['transient', 'throttled'].includes(error.category);
}

function endedEarly(): UnavailableError {
  return new UnavailableError('PostModelVersionsUpload STREAM_ENDED: the stream ended before its parts were answered', {
    code: 'STREAM_ENDED',
    source: 'client',
    category: 'transient',
    method: 'PostModelVersionsUpload',
  });
}
