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
import type { AppState, Stored } from '../state/app-state';
import type { MediaKind } from '../state/input-urls';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import type { ArchivedFile } from './archived-file';
import type { Unpacked } from './unpack';
import { unpack } from './unpack';

/** Kinds of media by the extensions of their files. */
const kinds: Readonly<Record<MediaKind, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'tiff', 'tif', 'bmp', 'gif', 'heic'],
  video: ['mp4', 'mov', 'avi', 'webm', 'mkv', 'm4v'],
  audio: ['mp3', 'wav', 'flac', 'ogg', 'm4a', 'aac'],
  text: ['txt'],
};

/** What is taken out of an archive, or is a single file. */
export interface ExtractionJobState extends Pick<Unpacked, 'isArchive'> {
  message: Stored<InputsExtractionJob>;
  readonly inputsAddJobId: string;
  statusCode: StatusCode;
  /** Why it fails once it begins. */
  readonly failure: string | undefined;
  modifiedAtMs: number;
  readonly counts: Record<MediaKind, number>;
}

/** What inputs are made with. */
export interface ExtractionRules {
  /** Of the job that counts what becomes of the inputs. */
  readonly inputsAddJobId: string;
  readonly conflictResolution: InputIDConflictResolution;
  readonly template: DeepPartial<Input> | undefined;
}

export interface ExtractionSource extends ExtractionRules {
  readonly url: string;
  readonly name: string;
  /** Why there are none, if there are none. */
  readonly bytes: Uint8Array | string;
}

/** An extraction under way. */
export interface Extraction {
  readonly kind: 'extraction';
  readonly app: AppState;
  readonly state: ExtractionJobState;
  readonly rules: ExtractionRules;
  readonly files: readonly ArchivedFile[];
}

/** Makes inputs of the files in an archive, as if they had been posted, once the job's turn has come. */
export async function startExtraction(
  app: AppState,
  { url, name, bytes, ...rules }: ExtractionSource,
  world: World,
): Promise<ExtractionJobState> {
  const { files, isArchive, failure } = await unpackedOrFailed(name, bytes);
  const nowMs = world.clock.now();
  const id = randomId(world.randomBytes);
  const { conflictResolution, template } = rules;
  const state: ExtractionJobState = {
    message: {
      id,
      url,
      createdAt: toTimestamp(nowMs),
      inputIdConflictResolution: conflictResolution,
      ...(template && { inputTemplate: template }),
    },
    inputsAddJobId: rules.inputsAddJobId,
    statusCode: StatusCode.JOB_QUEUED,
    failure,
    modifiedAtMs: nowMs,
    counts: { image: 0, video: 0, audio: 0, text: 0 },
    isArchive,
  };
  app.extractionJobs.set(id, state);
  world.agenda.add({ kind: 'extraction', app, state, rules, files });
  return state;
}

export function beginExtraction(extraction: Extraction, world: World): void {
  const { state } = extraction;
  if (state.statusCode !== StatusCode.JOB_QUEUED) return;
  move(state, state.failure === undefined ? StatusCode.JOB_RUNNING : StatusCode.JOB_FAILED, world);
  if (state.failure === undefined) addInputs(extraction, world);
}

export function endExtraction({ state }: Extraction, world: World): void {
  if (state.statusCode === StatusCode.JOB_RUNNING) move(state, StatusCode.JOB_COMPLETED, world);
}

function move(state: ExtractionJobState, code: StatusCode, { clock }: World): void {
  state.statusCode = code;
  state.modifiedAtMs = clock.now();
}

async function unpackedOrFailed(
  name: string,
  bytes: Uint8Array | string,
): Promise<Unpacked & Pick<ExtractionJobState, 'failure'>> {
  const nothing = { files: [], isArchive: false };
  if (typeof bytes === 'string') return { ...nothing, failure: bytes };
  try {
    return { ...(await unpack(name, bytes)), failure: undefined };
  } catch (error) {
    return { ...nothing, failure: error instanceof Error ? error.message : String(error) };
  }
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

/** Files that are no media are passed over, and so are those whose id is taken, unless ids get a suffix. */
function addInputs({ app, files, rules, state: { counts } }: Extraction, world: World): void {
  const intake = new InputIntake(
    app,
    { world, itemFaults: new Map() },
    {
      userAppId: undefined,
      inputs: [],
      inputsAddJobId: rules.inputsAddJobId,
      inputIdConflictResolution: rules.conflictResolution,
    },
  );
  files.forEach((file, index) => {
    const kind = kindOf(file.name);
    if (kind === undefined) return;
    const taken = intake.take(toInput(file, kind, rules.template), index);
    if (taken.status.code === StatusCode.INPUT_PENDING) counts[kind]++;
  });
  intake.commit();
}

function kindOf(name: string): MediaKind | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (Object.keys(kinds) as MediaKind[]).find((kind) => kinds[kind].includes(extension));
}

function toInput({ name, bytes }: ArchivedFile, kind: MediaKind, template: DeepPartial<Input> = {}): Input {
  const media = kind === 'text' ? { text: { raw: Buffer.from(bytes).toString() } } : { [kind]: { base64: bytes } };
  const id = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return inputCodec.decode(inputCodec.encode({ ...template, id, data: { ...template.data, ...media } }));
}
