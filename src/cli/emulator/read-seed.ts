import { readFile } from 'node:fs/promises';
import type { EmulatorSeed } from '../../emulator/index';

/**
 * A seed in a JSON file, in the form that `emulator.seed()` takes. Bytes, which are fields called `base64`, are written in
 * base64.
 *
 * @throws Error that says in which line the file is no JSON
 */
export async function readSeed(path: string): Promise<EmulatorSeed> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  try {
    return withBytes(JSON.parse(text) as EmulatorSeed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path}:${brokenLine(text)}: ${reason}`, { cause });
  }
}

/** The line with which the text stops being the beginning of something that is JSON. */
function brokenLine(text: string): number {
  const lines = text.split('\n');
  let [from, to] = [1, lines.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isBeginning(lines.slice(0, middle).join('\n'))) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Not every error says where it is, but those at the end of the text can be told from the others. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const at = /at position (\d+)/.exec(reason)?.[1];
    return reason.includes('end of JSON input') || (at !== undefined && Number(at) >= text.length);
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
