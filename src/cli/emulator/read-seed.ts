import { readFile } from 'node:fs/promises';
import type { EmulatorSeed } from '../../emulator/index';
import { NotJson, parseJson } from '../shell/parse-json';

/**
 * A seed in a JSON file, in the form that `emulator.seed()` takes. Bytes, which are fields called `base64`, are written in
 * base64.
 *
 * @throws Error that says in which line the file is no JSON
 */
export async function readSeed(path: string): Promise<EmulatorSeed> {
  const text = await readFile(path, 'utf8');
  try {
    return withBytes(parseJson(text) as EmulatorSeed);
  } catch (cause) {
    if (!(cause instanceof NotJson)) throw cause;
    throw new Error(`${path}:${cause.line}: ${cause.message}`, { cause });
  }
}

function withBytes<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown = Array.isArray(value)
    ? value.map(withBytes)
    : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fieldOf(name, item)]));
  return copy as Value;
}

/** Metadata is the user's own JSON, in which a name says nothing. */
function fieldOf(name: string, value: unknown): unknown {
  if (name === 'metadata') return value;
  return name === 'base64' && typeof value === 'string' ? Buffer.from(value, 'base64') : withBytes(value);
}
