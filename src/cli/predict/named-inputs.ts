import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fromFolder, type InputLike, InvalidRequestError, mediaKindOfFile } from '../../index';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';

/** An input, or why there is none, and what its owner calls it. */
export interface NamedInput {
  readonly name: string;
  readonly input: InputLike | Error;
}

type Reader = (signal: AbortSignal) => Iterable<NamedInput> | AsyncIterable<NamedInput>;

/**
 * The inputs that a command was given: files, folders with all media in them, URLs, `-` for what comes through stdin, and texts.
 *
 * @param paths the arguments that name inputs
 * @returns reads them one by one, until the signal aborts
 * @throws UsageError for a path at which there is nothing, and for a folder without media, before anything is sent
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
  const print = new Print(given, terminal);
  for (const path of paths) readers.push(await readerOf(path, terminal, print));
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

async function readerOf(path: string, terminal: Terminal, print: Print): Promise<Reader> {
  if (path === '-') return () => fromStdin(terminal);
  if (/^https?:\/\//i.test(path)) return () => [{ name: path, input: path }];
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`Expected \`${path}\` to be a file, a folder or a URL; a text is given by --text`);
  }
  return found.isDirectory() ? readerOfFolder(path, print) : () => [{ name: path, input: { file: path } }];
}

async function readerOfFolder(folder: string, print: Print): Promise<Reader> {
  const media = mediaIn(folder, new AbortController().signal, () => undefined);
  const { done } = await media.next();
  await media.return();
  if (done === true)
    throw new UsageError(`Expected \`${folder}\` to hold images, videos, sounds or texts; there are none`);
  return (signal) => mediaIn(folder, signal, (count) => print.note(`${folder}: left out ${count} that are no media`));
}

/** @param tellOthers told at the end how many files are no media, when some are none */
async function* mediaIn(
  folder: string,
  signal: AbortSignal,
  tellOthers: (count: number) => void,
): AsyncGenerator<NamedInput, void, undefined> {
  let others = 0;
  for await (const { input, key = '' } of fromFolder(folder).read({ after: undefined, signal })) {
    const path = join(folder, key);
    if (input instanceof Error || (await mayBeMedium(path))) yield { name: path, input };
    else others += 1;
  }
  if (others > 0) tellOthers(others);
}

/** What cannot be read is for the client to tell. */
async function mayBeMedium(path: string): Promise<boolean> {
  try {
    return (await mediaKindOfFile(path)) !== undefined;
  } catch {
    return true;
  }
}

async function* fromStdin({ stdin }: Terminal): AsyncGenerator<NamedInput, void, undefined> {
  const bytes = await buffer(stdin);
  if (bytes.length === 0) {
    const message = 'Expected a medium or a text on stdin, which is empty';
    yield {
      name: '-',
      input: new InvalidRequestError(message, { code: 'INVALID_ARGUMENT', source: 'client', category: 'rejected' }),
    };
    return;
  }
  // A picture, a film or a sound has bytes that no text has.
  const isText = isUtf8(bytes) && !bytes.includes(0);
  yield { name: '-', input: isText ? { text: bytes.toString() } : { bytes } };
}
