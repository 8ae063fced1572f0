import { randomId } from '../../base/ids';
import type { Upload, UploadContentPart } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse, status } from '../answers';
import type { AppState, Stored } from '../state/app-state';
import { sparse } from '../state/sparse';
import { toTimestamp } from '../state/timestamp';
import type { World } from '../state/world';
import type { ExtractionRules } from './extraction';

/** How long the parts of an upload are waited for; no document says how long the service does. */
const lifetimeMs = 24 * 60 * 60_000;
/** An upload is held in memory. */
const mostBytes = 2 ** 31;

/** A file that arrives in parts, in any order. */
export interface UploadState {
  message: Stored<Upload>;
  readonly contentLength: number;
  /** By where they begin; none are left once the file is whole. */
  readonly parts: Map<number, Uint8Array>;
  received: number;
  /** What becomes of the file once it is whole; `undefined` for a file that is kept as it is. */
  readonly extraction: ExtractionRules | undefined;
}

export function startUpload(
  app: AppState,
  posted: Upload,
  { clock, randomBytes }: World,
  extraction?: ExtractionRules,
): UploadState {
  const contentLength = Number(posted.contentLength.toString());
  if (!(contentLength > 0) || contentLength > mostBytes)
    throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, `Invalid content length ${contentLength}.`);
  const id = posted.id || randomId(randomBytes);
  if (app.uploads.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
  const nowMs = clock.now();
  const at = toTimestamp(nowMs);
  const message = { ...sparse(posted), id, createdAt: at, modifiedAt: at, expiresAt: toTimestamp(nowMs + lifetimeMs) };
  const state: UploadState = { message, contentLength, parts: new Map(), received: 0, extraction };
  app.uploads.set(id, state);
  return state;
}

/**
 * Adds a part, and gives the file if that makes it whole.
 *
 * @throws Refusal for a part that does not lie in the file, or in a part that is there already
 */
export function addPart(
  state: UploadState,
  { rangeStart, data }: UploadContentPart,
  { clock }: World,
): Uint8Array | undefined {
  const start = Number(rangeStart.toString());
  if (isWhole(state)) throw refuse(StatusCode.UPLOAD_CONFLICT, 'The upload is complete.');
  if (data.length === 0 || start + data.length > state.contentLength)
    throw refuse(StatusCode.CONN_INVALID_RANGE, `The part at ${start} does not lie in the upload.`);
  const before = state.parts.get(start);
  // A part that is sent again, after an answer that was lost, replaces itself.
  if (overlaps(state, start, data.length))
    throw refuse(StatusCode.UPLOAD_CONFLICT, `The part at ${start} overlaps another one.`);
  // A copy, since the original is a view that would keep the whole request alive.
  state.parts.set(start, Uint8Array.from(data));
  state.received += data.length - (before?.length ?? 0);
  state.message = { ...state.message, modifiedAt: toTimestamp(clock.now()) };
  if (!isWhole(state)) return undefined;
  const inOrder = [...state.parts].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
  state.parts.clear();
  return Buffer.concat(inOrder);
}

export function showUpload(state: UploadState): Stored<Upload> {
  const code = isWhole(state) ? StatusCode.UPLOAD_DONE : StatusCode.UPLOAD_IN_PROGRESS;
  const percentCompleted = Math.floor((100 * state.received) / state.contentLength);
  return { ...state.message, status: { ...status(code), percentCompleted } };
}

function isWhole({ received, contentLength }: UploadState): boolean {
  return received === contentLength;
}

function overlaps({ parts }: UploadState, start: number, length: number): boolean {
  return [...parts].some(([other, bytes]) => other !== start && start < other + bytes.length && other < start + length);
}
