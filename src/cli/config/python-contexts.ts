import { readIfThere } from '../shell/read-if-there';
import type { Terminal } from '../shell/terminal';
import { type Context, toContext, variableOfField } from './context';
import type { ContextFile } from './context-file';

/** What stands in a context for a value that is taken from the variable of that name. */
const fromVariable = 'ENVVAR';

/**
 * Reads the contexts of Clarifai's Python SDK; without its file there are none. What else they say is passed over.
 *
 * @throws Error that names file, line and fix, and quotes nothing
 */
export async function readPythonContexts(path: string, { env }: Pick<Terminal, 'env'>): Promise<ContextFile> {
  const text = await readIfThere(path);
  if (text === undefined) return { contexts: {} };
  const file = await parseYaml(text, path);
  const { current_context: current, contexts = {} } = isObject(file) ? file : {};
  if (!isObject(contexts)) throw new Error(`${path}: expected \`contexts\` to hold a context under each name`);
  const read = Object.entries(contexts).map(([name, context]) => [name, contextOf(context, env)] as const);
  return { ...(typeof current === 'string' && { currentContext: current }), contexts: Object.fromEntries(read) };
}

function contextOf(context: unknown, env: Terminal['env']): Context {
  const plain = isObject(context) ? context : {};
  // The SDK takes both forms, and writes the plain one.
  const settings = isObject(plain['env']) ? plain['env'] : plain;
  return toContext((field) => {
    const variable = variableOfField[field];
    const setting = settings[variable];
    if (setting === fromVariable) return env[variable];
    return typeof setting === 'string' || typeof setting === 'number' ? String(setting) : undefined;
  });
}

async function parseYaml(text: string, path: string): Promise<unknown> {
  const yaml = await loadYaml(path);
  const document = yaml.parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  // Its message quotes the line, in which a key may stand.
  const line = error.linePos?.[0].line ?? 1;
  throw new Error(
    `${path}:${line}: not YAML (${error.code}); mend that line, or write the file anew with \`clarifai login\``,
  );
}

async function loadYaml(path: string): Promise<typeof import('yaml')> {
  try {
    return await import('yaml');
  } catch (cause) {
    throw new Error(`Reading ${path} needs the optional package \`yaml\`: npm install yaml`, { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
