import type { DatasetVersions } from '../../index';
import { tellDownloads } from '../inputs/tell-downloads';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Interruption } from '../shell/interruption';
import { Print } from '../shell/print';
import { createProgress, type Progress } from '../shell/progress';
import type { Terminal } from '../shell/terminal';
import { until } from '../shell/until';

/** RPC: V2.PutDatasetVersionExports, and V2.PostDatasetVersions and V2.GetDatasetVersion for a version that is made; HTTPS */
export async function exportDataset(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [dataset, folder] = [given.argument(0), given.argument(1)];
  const splits = given.texts('split');
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  using progress = await createProgress(terminal, given.flag('quiet'));
  using interruption = new Interruption((line) => progress.note(line));
  const { versions } = clarifai.dataset(dataset);
  const version = given.text('datasetVersion') ?? (await made(versions, progress, interruption.draining));
  const unpacked = versions.unpack(version, folder, {
    ...(splits.length > 0 && { splits }),
    signal: interruption.aborted,
    onProgress: (bytes, total) => tellBytes(progress, bytes, total),
  });
  const outcomes = until(interruption.draining, unpacked);
  const { failed } = await tellDownloads(outcomes, { print, progress, total: undefined, folder });
  if (interruption.draining.aborted) return exitCode.interrupted;
  return failed === 0 ? exitCode.ok : exitCode.partial;
}

async function made(versions: DatasetVersions, progress: Progress, signal: AbortSignal): Promise<string> {
  const { id } = await versions.create();
  progress.note(`Version ${id} is what the dataset holds now; to go on after an interruption: --dataset-version ${id}`);
  await versions.wait(id, { signal });
  return id;
}

function tellBytes(progress: Progress, bytes: number, total: number | undefined): void {
  const megabytes = (count: number): string => `${(count / 1e6).toFixed(1)} MB`;
  progress.update(bytes, total, total === undefined ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(total)}`);
}
