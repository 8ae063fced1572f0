import { buffer } from 'node:stream/consumers';
import type { Input as InputMessage } from '../../generated/proto/clarifai/api/resources';
import { ZipArchive, type ZippedFile } from '../archives/zip-archive';
import { invalidRequest } from '../base/assert';
import type { InvalidRequestError } from '../base/errors';
import { type Plain, toPlain } from '../operations/to-plain';
import { readInputBatch } from './input-batch';

/** An input as an archive of a dataset has it. */
export interface ArchivedInput {
  /** Part of the dataset that it belongs to, such as `train` or `test`. */
  readonly split: string;
  readonly input: Plain<InputMessage>;
}

/** The file that says what the others are, and what it says. */
const typeFile = 'mimetype';
const type = 'application/x.clarifai-data+protobuf';
const maxTypeBytes = 1000;

/**
 * The inputs of an archive in the format `protobuf`, one by one. Its directory is gone through before the first of them: with a
 * path in it that leads elsewhere there is none.
 *
 * @param splits those to read
 * @throws InvalidRequestError for a file that is no such archive; with the code `MALFORMED_ARCHIVE`, and the path of the
 * entry, for one that is damaged
 */
export async function* archivedInputs(
  file: string,
  splits: readonly string[] | undefined,
): AsyncGenerator<ArchivedInput, void, undefined> {
  const archive = new ZipArchive(file);
  let isTold = false;
  for await (const entry of archive.files('archive')) {
    if (entry.path !== typeFile) splitOf(file, entry);
    else isTold = await assertType(file, entry);
  }
  if (!isTold) throw malformed(file, typeFile, 'it is not there, as it is in an archive of the format `protobuf`');
  for await (const entry of archive.files('archive')) {
    if (entry.path === typeFile) continue;
    const split = splitOf(file, entry);
    if (splits?.includes(split) === false) continue;
    try {
      for await (const input of readInputBatch(entry.read())) yield { split, input: toPlain(input) };
    } catch (cause) {
      throw malformed(file, entry.path, reasonOf(cause), cause);
    }
  }
}

async function assertType(file: string, entry: ZippedFile): Promise<true> {
  if (entry.sizeBytes > maxTypeBytes) throw malformed(file, entry.path, `it is larger than ${maxTypeBytes} bytes`);
  const told = await buffer(entry.read()).catch((cause: unknown) => {
    throw malformed(file, entry.path, reasonOf(cause), cause);
  });
  if (told.toString().trim() === type) return true;
  const got = JSON.stringify(told.toString());
  throw malformed(file, entry.path, `Expected it to say ${type}, which is the format \`protobuf\`, got ${got}`);
}

/** The folder that an entry lies in. */
function splitOf(file: string, { path }: ZippedFile): string {
  const [, split] = /^([\w][\w.-]*)\/[^\\:]+$/.exec(path) ?? [];
  if (split !== undefined && !path.split('/').includes('..')) return split;
  throw malformed(file, path, 'it does not lie in a folder of its split, such as `train`');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function malformed(file: string, path: string, reason: string, cause?: unknown): InvalidRequestError {
  return invalidRequest(`${file}, entry ${JSON.stringify(path)}: ${reason}`, { code: 'MALFORMED_ARCHIVE', cause });
}
