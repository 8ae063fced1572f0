import { join } from 'node:path';
import { download, type DownloadContext, type DownloadOptions } from '../downloads/download';
import type { Input } from '../ingestion/outcome';
import type { MediaKind } from '../inputs/media-kind';
import { type HostedSize, type InputFile, inputFiles } from './input-files';
import { isThere, writeWhole } from './write-file';

/** How media of inputs are written. */
export interface DownloadInputsOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** Inputs at once. @default 8 */
  readonly concurrency?: number | undefined;
  /** Size of pictures; what is not hosted in this size comes as it was sent. @default 'orig' */
  readonly size?: HostedSize | undefined;
}

/** One medium of an input, in a file. */
export interface MediaFile {
  /** What it holds. */
  readonly kind: MediaKind;
  /** Its path. */
  readonly file: string;
}

/** Writes the media of an input into a folder, and leaves alone what is there already. */
export async function writeMedia(
  context: DownloadContext,
  input: Input,
  folder: string,
  { size, ...options }: Omit<DownloadInputsOptions, 'concurrency'>,
): Promise<readonly MediaFile[]> {
  return Promise.all(
    inputFiles(input, size).map(async ({ kind, name, content }) => {
      const file = join(folder, name);
      await writeMedium(context, content, file, options);
      return { kind, file };
    }),
  );
}

async function writeMedium(
  context: DownloadContext,
  content: InputFile['content'],
  file: string,
  options: DownloadOptions,
): Promise<void> {
  if (await isThere(file)) return;
  if (typeof content === 'object' && 'url' in content) await download(context, content.url, file, options);
  else await writeWhole(file, content);
}
