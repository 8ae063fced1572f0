import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nearest } from '../shell/nearest';
import { NotJson, parseJson } from '../shell/parse-json';
import { readIfThere } from '../shell/read-if-there';
import { type Context, contextFields } from './context';

/** What this command's own file holds. */
export interface ContextFile {
  readonly currentContext?: string;
  readonly contexts: Readonly<Record<string, Context>>;
}

const empty: ContextFile = { contexts: {} };
const fileFields = ['currentContext', 'contexts'];

/** Reads the file; one that is not there holds nothing. @throws Error that names file, line and fix, and quotes nothing */
export async function readContextFile(path: string): Promise<ContextFile> {
  const text = await readIfThere(path);
  if (text === undefined) return empty;
  try {
    const value = parseJson(text);
    assertObject(value, 'the file');
    assertFields(value, fileFields, '');
    const { currentContext, contexts = {} } = value;
    assertObject(contexts, '`contexts`');
    if (currentContext !== undefined) assertText(currentContext, 'currentContext');
    for (const [name, context] of Object.entries(contexts)) {
      assertObject(context, `\`${name}\``, name);
      assertFields(context, contextFields, `${name}.`);
      for (const [field, setting] of Object.entries(context)) assertText(setting, field);
    }
    return { ...(currentContext !== undefined && { currentContext }), contexts: contexts as ContextFile['contexts'] };
  } catch (error) {
    if (error instanceof NotJson) {
      throw new Error(
        `${path}:${error.line}: not JSON from here on; mend that line, or delete the file and log in again`,
      );
    }
    if (!(error instanceof Misfit)) throw error;
    throw new Error(`${path}:${lineOf(text, error.key)}: ${error.message}`);
  }
}

/** Writes the file so that it is whole at any time and its owner's alone. One that is a link stays one. */
export async function writeContextFile(path: string, file: ContextFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const target = await realpath(path).catch(() => path);
  const whole = `${target}.${randomUUID()}`;
  try {
    const handle = await open(whole, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, undefined, 2)}\n`);
      // What the rename puts in the old file's place is on disk.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(whole, target);
  } catch (error) {
    await rm(whole, { force: true });
    throw error;
  }
}

/** Something in the file is not what it has to be. */
class Misfit extends Error {
  /** The name at which it stands. */
  readonly key: string | undefined;

  constructor(message: string, key?: string) {
    super(message);
    this.key = key;
  }
}

function assertObject(value: unknown, what: string, key?: string): asserts value is Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new Misfit(
    `expected ${what} to be an object with names, as in { "contexts": { "default": { "pat": "..." } } }`,
    key,
  );
}

function assertFields(value: object, known: readonly string[], within: string): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const fix = near === undefined ? `it may be ${known.join(', ')}` : `did you mean \`${near}\`?`;
  throw new Misfit(`\`${within}${unknown}\` is nothing that a context file says; ${fix}`, unknown);
}

function assertText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw new Misfit(`expected \`${name}\` to be a text in double quotes`, name);
}

/** JSON.parse says no lines; the first that has the name is near enough. */
function lineOf(text: string, key: string | undefined): number {
  const index = key === undefined ? 0 : text.indexOf(`${JSON.stringify(key)}`);
  return text.slice(0, Math.max(0, index)).split('\n').length;
}
