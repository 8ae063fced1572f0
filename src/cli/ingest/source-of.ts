import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  type FileOptions,
  fromCsv,
  fromFolder,
  fromJsonLines,
  fromZip,
  type RowOptions,
  type Source,
} from '../../index';
import type { Given } from '../shell/given';
import { UsageError } from '../shell/usage-error';

/** A source, and how many items it has, for the estimate of the time left. */
export interface CountedSource {
  readonly source: Source;
  /** Reads no contents of files; rows and lines are read. */
  readonly count: (signal: AbortSignal) => Promise<number>;
}

/** The source at a path, told by what is there and by its name. @throws UsageError for anything else */
export async function sourceOf(path: string, given: Given): Promise<CountedSource> {
  const labels = given.flag('labels');
  if ((await statusOf(path)).isDirectory()) return ofFiles((options) => fromFolder(path, options), labels);
  const extension = extname(path).toLowerCase();
  if (extension === '.zip') return ofFiles((options) => fromZip(path, options), labels);
  if (labels) throw new UsageError('--labels needs files in folders: a folder or a zip archive');
  const rows = rowOptions(given);
  if (extension === '.csv' || extension === '.tsv') return ofRows(fromCsv(path, rows));
  if (extension === '.jsonl' || extension === '.ndjson') return ofRows(fromJsonLines(path, rows));
  throw new UsageError(
    `Expected a folder, or a file ending in .csv, .tsv, .jsonl, .ndjson or .zip, got "${path}"; \`inputs add\` adds single files`,
  );
}

async function statusOf(path: string): ReturnType<typeof stat> {
  try {
    return await stat(path);
  } catch (cause) {
    throw new UsageError(`Cannot read "${path}": ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function rowOptions(given: Given): RowOptions {
  const inputColumn = given.text('inputColumn');
  switch (inputColumn) {
    case 'raw':
    case 'url':
    case 'file_path':
      return { inputColumn };
    default:
      return {};
  }
}

function ofFiles(from: (options: FileOptions) => Source, labels: boolean): CountedSource {
  return {
    source: from({ labels }),
    async count(signal) {
      let count = 0;
      // What is left out is not unpacked.
      const filter = (): boolean => {
        count += 1;
        return false;
      };
      for await (const _file of from({ filter }).read({ after: undefined, signal }));
      return count;
    },
  };
}

function ofRows(source: Source): CountedSource {
  return {
    source,
    async count(signal) {
      let count = 0;
      for await (const _row of source.read({ after: undefined, signal })) count += 1;
      return count;
    },
  };
}
