import type { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { Stages } from '../state/stages';
import { stageAt } from '../state/stages';
import type { World } from '../state/world';

/**
 * What an archive holds: bytes, or a function that gives them piece by piece, the same at each reading. So an archive of
 * gigabytes is never in memory.
 */
export type ArchiveContent = Uint8Array | (() => Iterable<Uint8Array> | AsyncIterable<Uint8Array>);

/** An export that was asked for. What it holds is made when it is read. */
export interface ExportState {
  readonly startedAtMs: number;
  readonly sizeBytes: number;
  /** Why there will be none. */
  readonly failure: string | undefined;
}

export function readArchive(content: ArchiveContent): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return typeof content === 'function' ? content() : [content];
}

/** Starts an export: reads its content once to know its size. */
export async function startExport(content: ArchiveContent, { clock, media }: World): Promise<ExportState> {
  const startedAtMs = clock.now();
  try {
    await media.open();
    let sizeBytes = 0;
    for await (const piece of readArchive(content)) sizeBytes += piece.length;
    return { startedAtMs, sizeBytes, failure: undefined };
  } catch (error) {
    return { startedAtMs, sizeBytes: 0, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** The state that an export is in; it takes as long as the processing of an input, and then it may turn out to have failed. */
export function exportCode(
  { startedAtMs, failure }: ExportState,
  [pending, inProgress, done]: Stages,
  failed: StatusCode,
  world: World,
): StatusCode {
  return stageAt(startedAtMs, [pending, inProgress, failure === undefined ? done : failed], world);
}
