import { existsSync } from 'node:fs';
import type { Given } from '../shell/given';
import { nearest } from '../shell/nearest';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import type { Context } from './context';
import { type ContextFile, readContextFile, writeContextFile } from './context-file';
import { configPaths } from './paths';
import { readPythonContexts } from './python-contexts';

/** A context, and the file that it stands in. */
export interface NamedContext {
  readonly name: string;
  readonly file: string;
  readonly context: Context;
}

/** The name that the file of Clarifai's first Python client goes by, which holds one context without a name. */
const legacyName = 'legacy';

/**
 * The contexts that there are: those of this command's own file, then those of Clarifai's Python SDK, then that of its first
 * client. Of two with one name the first counts; later files are read only when they are asked. With `--config` there is that
 * file alone.
 */
export class Contexts {
  /** The file that is written. */
  readonly path: string;
  readonly #others: readonly (readonly [path: string, read: () => Promise<ContextFile>])[];

  constructor(given: Given, terminal: Terminal) {
    const { own, python, legacy } = configPaths(terminal);
    const config = given.text('config');
    this.path = config ?? own;
    this.#others =
      config === undefined
        ? [
            [python, () => readPythonContexts(python, terminal)],
            [legacy, () => readLegacy(legacy)],
          ]
        : [];
  }

  /** The context to use: the one that is named, or else the current one; `undefined` when there is none. */
  async chosen(name: string | undefined): Promise<NamedContext | undefined> {
    const wanted = name ?? (await this.currentName());
    return wanted === undefined ? undefined : this.find(wanted);
  }

  /** The name of the current context, which may be that of none. */
  async currentName(): Promise<string | undefined> {
    for (const [, read] of this.#sources()) {
      const { currentContext } = await read();
      if (currentContext !== undefined) return currentContext;
    }
    return undefined;
  }

  /** @throws UsageError that names those there are */
  async find(name: string): Promise<NamedContext> {
    const all = await this.#firstOf((each) => each === name);
    const found = all.get(name);
    if (found !== undefined) return found;
    const known = [...all.keys()];
    const near = nearest(name, known);
    const hint = near === undefined ? `there ${thereAre(known)}` : `did you mean \`${near}\`?`;
    throw new UsageError(`No context is called \`${name}\`; ${hint}`);
  }

  /** All of them, in the order in which they are looked for. */
  async all(): Promise<readonly NamedContext[]> {
    return [...(await this.#firstOf(() => false)).values()];
  }

  /** What this command's own file says under a name; nothing for one that it does not have. */
  async own(name: string | undefined): Promise<Context> {
    const { contexts } = await readContextFile(this.path);
    return (name !== undefined && Object.hasOwn(contexts, name) ? contexts[name] : undefined) ?? {};
  }

  /** Changes this command's own file. */
  async change(toNext: (file: ContextFile) => ContextFile): Promise<void> {
    await writeContextFile(this.path, toNext(await readContextFile(this.path)));
  }

  /** The contexts by their names, up to the file that has one that is enough. */
  async #firstOf(isEnough: (name: string) => boolean): Promise<ReadonlyMap<string, NamedContext>> {
    const found = new Map<string, NamedContext>();
    for (const [file, read] of this.#sources()) {
      for (const [name, context] of Object.entries((await read()).contexts)) {
        if (!found.has(name)) found.set(name, { name, file, context });
        if (isEnough(name)) return found;
      }
    }
    return found;
  }

  #sources(): readonly (readonly [path: string, read: () => Promise<ContextFile>])[] {
    return [[this.path, () => readContextFile(this.path)], ...this.#others];
  }
}

function thereAre(names: readonly string[]): string {
  if (names.length === 0) return 'are none: make one with `clarifai-grpc login`';
  return `${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
}

async function readLegacy(path: string): Promise<ContextFile> {
  if (!existsSync(path)) return { contexts: {} };
  const { readConfigFile } = await import('../../index');
  return { currentContext: legacyName, contexts: { [legacyName]: readConfigFile(path) } };
}
