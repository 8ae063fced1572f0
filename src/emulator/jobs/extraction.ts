import { randomId } from '../../base/ids';
import { Input as inputCodec } from '../../../generated/codec/core';
import type {
  Input,
  InputIDConflictResolution,
  InputsExtractionJob,
} from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { status } from '../answers';
import { InputIntake } from '../inputs/input-intake';
import type { Call } from '../service/call';
import type { AppState, Stored } from '../state/app-state';
import type { MediaKind } from '../state/input-urls';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { ArchivedFile } from './unzip';
import { isZip, unzip } from './unzip';

/** Kinds of media by the extensions of their files. */
const kinds: Readonly<Record<MediaKind, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'tiff', 'tif', 'bmp', 'gif', 'heic'],
  video: ['mp4', 'mov', 'avi', 'webm', 'mkv', 'm4v'],
  audio: ['mp3', 'wav', 'flac', 'ogg', 'm4a', 'aac'],
  text: ['txt'],
};

/** What is taken out of an archive, or is a single file. */
export interface ExtractionJobState {
  message: Stored<InputsExtractionJob>;
  statusCode: StatusCode;
  /** Why it failed. */
  failure: string | undefined;
  modifiedAtMs: number;
  readonly counts: Record<MediaKind, number>;
  readonly isArchive: boolean;
}

export interface ExtractionSource {
  readonly url: string;
  /** Why there are none, if there are none. */
  readonly bytes: Uint8Array | string;
  readonly name: string;
  readonly jobId: string;
  readonly conflictResolution: InputIDConflictResolution;
  readonly template: Input | undefined;
}

/** Makes inputs of the files in an archive, as if they had been posted, once the job's turn has come. */
export function startExtraction(app: AppState, source: ExtractionSource, call: Call): ExtractionJobState {
  const { clock, options, randomBytes } = call.world;
  const nowMs = clock.now();
  const id = randomId(randomBytes);
  const { url, bytes, conflictResolution, template } = source;
  const state: ExtractionJobState = {
    message: {
      id,
      url,
      createdAt: toTimestamp(nowMs),
      inputIdConflictResolution: conflictResolution,
      ...(template && { inputTemplate: sparse(template) }),
    },
    statusCode: StatusCode.JOB_QUEUED,
    failure: typeof bytes === 'string' ? bytes : undefined,
    modifiedAtMs: nowMs,
    counts: { image: 0, video: 0, audio: 0, text: 0 },
    isArchive: typeof bytes !== 'string' && isZip(bytes),
  };
  app.extractionJobs.set(id, state);
  const move = (code: StatusCode) => {
    state.statusCode = code;
    state.modifiedAtMs = clock.now();
  };
  const fail = (error: unknown): undefined => {
    state.failure = error instanceof Error ? error.message : String(error);
  };
  const run = async () => {
    if (state.statusCode !== StatusCode.JOB_QUEUED) return;
    move(StatusCode.JOB_RUNNING);
    const files = typeof bytes === 'string' ? undefined : await filesOf(source.name, bytes).catch(fail);
    if (files === undefined) return move(StatusCode.JOB_FAILED);
    addInputs(app, files, source, state, call);
    clock.setTimer(() => move(StatusCode.JOB_COMPLETED), options.lifecycle.inProgressMs, true);
  };
  clock.setTimer(() => void run(), options.lifecycle.pendingMs, true);
  return state;
}

export function showExtraction({
  message,
  statusCode,
  failure,
  modifiedAtMs,
  counts,
  isArchive,
}: ExtractionJobState): Stored<InputsExtractionJob> {
  const { JOB_QUEUED, JOB_RUNNING, JOB_COMPLETED } = StatusCode;
  const isOver = statusCode !== JOB_QUEUED && statusCode !== JOB_RUNNING && statusCode !== JOB_COMPLETED;
  const archives = (is: boolean) => (isArchive && is ? 1 : 0);
  return {
    ...message,
    status: status(statusCode, statusCode === StatusCode.JOB_FAILED ? failure : undefined),
    modifiedAt: toTimestamp(modifiedAtMs),
    progress: {
      imageInputsCount: counts.image,
      videoInputsCount: counts.video,
      audioInputsCount: counts.audio,
      textInputsCount: counts.text,
      pendingArchivesCount: archives(statusCode === JOB_QUEUED),
      inProgressArchivesCount: archives(statusCode === JOB_RUNNING),
      completedArchivesCount: archives(statusCode === JOB_COMPLETED),
      failedArchivesCount: archives(isOver),
    },
  };
}

async function filesOf(name: string, bytes: Uint8Array): Promise<readonly ArchivedFile[]> {
  return isZip(bytes) ? unzip(bytes) : [{ name, bytes }];
}

/** Files that are no media are passed over, and so are those whose id is taken, unless ids get a suffix. */
function addInputs(
  app: AppState,
  files: readonly ArchivedFile[],
  { jobId, conflictResolution, template }: ExtractionSource,
  { counts }: ExtractionJobState,
  call: Call,
): void {
  const intake = new InputIntake(app, call, {
    userAppId: undefined,
    inputs: [],
    inputsAddJobId: jobId,
    inputIdConflictResolution: conflictResolution,
  });
  files.forEach((file, index) => {
    const kind = kindOf(file.name);
    if (kind === undefined) return;
    const taken = intake.take(toInput(file, kind, template), index);
    if (taken.status.code === StatusCode.INPUT_PENDING) counts[kind]++;
  });
  intake.commit();
}

function kindOf(name: string): MediaKind | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (Object.keys(kinds) as MediaKind[]).find((kind) => kinds[kind].includes(extension));
}

function toInput({ name, bytes }: ArchivedFile, kind: MediaKind, template: Input | undefined): Input {
  const given: DeepPartial<Input> = template === undefined ? {} : sparse(template);
  const media = kind === 'text' ? { text: { raw: Buffer.from(bytes).toString() } } : { [kind]: { base64: bytes } };
  const id = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return inputCodec.decode(inputCodec.encode({ ...given, id, data: { ...given.data, ...media } }));
}
