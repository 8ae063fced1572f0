import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fromFolder, type InputLike } from '../../index';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';

/** An input, or why there is none, and what its owner calls it. */
export interface NamedInput {
  readonly name: string;
  readonly input: InputLike | Error;
}

type Reader = (signal: AbortSignal) => Iterable<NamedInput> | AsyncIterable<NamedInput>;

/**
 * The inputs that a command was given: files, folders with all that is in them, URLs, `-` for what comes through stdin, and texts.
 *
 * @param paths the arguments that name inputs
 * @returns reads them one by one, until the signal aborts
 * @throws UsageError for a path at which there is nothing, before anything is sent
 */
export async function namedInputs(
  paths: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<(signal: AbortSignal) => AsyncGenerator<NamedInput, void, undefined>> {
  const texts = given.texts('text');
  if (paths.length + texts.length === 0) {
    throw new UsageError('Expected an input: a file, a folder, a URL, `-` for stdin, or --text');
  }
  const readers: Reader[] = [];
  for (const path of paths) readers.push(await readerOf(path, terminal));
  readers.push(() => texts.map((text) => ({ name: JSON.stringify(text), input: { text } })));
  return async function* read(signal) {
    for (const reader of readers) {
      for await (const named of reader(signal)) {
        if (signal.aborted) return;
        yield named;
      }
    }
  };
}

async function readerOf(path: string, terminal: Terminal): Promise<Reader> {
  if (path === '-') return () => fromStdin(terminal);
  if (/^https?:\/\//i.test(path)) return () => [{ name: path, input: path }];
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`Expected \`${path}\` to be a file, a folder or a URL; a text is given by --text`);
  }
  return found.isDirectory() ? (signal) => fromFiles(path, signal) : () => [{ name: path, input: { file: path } }];
}

async function* fromFiles(folder: string, signal: AbortSignal): AsyncGenerator<NamedInput, void, undefined> {
  for await (const { input, key = '' } of fromFolder(folder).read({ after: undefined, signal })) {
    yield { name: join(folder, key), input };
  }
}

async function* fromStdin({ stdin }: Terminal): AsyncGenerator<NamedInput, void, undefined> {
  const bytes = await buffer(stdin);
  // A picture, a film or a sound has bytes that no text has.
  const isText = isUtf8(bytes) && !bytes.includes(0);
  yield { name: '-', input: isText ? { text: bytes.toString() } : { bytes } };
}
