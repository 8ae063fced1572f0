import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { assertString, invalidArgument, invalidRequest } from '../base/assert';

/** What a configuration file may say. */
export interface FileConfig {
  /** `CLARIFAI_API_KEY` in the file. */
  readonly apiKey?: string;
  /** `CLARIFAI_PAT` in the file. */
  readonly pat?: string;
  /** `CLARIFAI_USER_ID` in the file. */
  readonly userId?: string;
  /** `CLARIFAI_APP_ID` in the file. */
  readonly appId?: string;
  /** `CLARIFAI_API_BASE` in the file. */
  readonly base?: string;
}

const fieldOfName: Readonly<Record<string, keyof FileConfig>> = {
  CLARIFAI_API_KEY: 'apiKey',
  CLARIFAI_PAT: 'pat',
  CLARIFAI_USER_ID: 'userId',
  CLARIFAI_APP_ID: 'appId',
  CLARIFAI_API_BASE: 'base',
};

/**
 * Reads the file in which Clarifai's first Python client kept its key: a section `[clarifai]` with lines such as
 * `CLARIFAI_API_KEY: ...`. It is read when this is called, and never by itself.
 *
 * @param file default: `~/.clarifai/config`
 * @throws InvalidRequestError for a file that cannot be read, naming it, or a line that is not understood, by its number
 * @example
 * const clarifai = new Clarifai(readConfigFile());
 */
export function readConfigFile(file: string = join(homedir(), '.clarifai', 'config')): FileConfig {
  assertString(file, 'file', { nonEmpty: true });
  const config: { -readonly [Field in keyof FileConfig]: FileConfig[Field] } = {};
  let section: string | undefined;
  textOf(file)
    .split(/\r?\n/)
    .forEach((line, index) => {
      const text = line.trim();
      if (text === '' || /^[#;]/.test(text)) return;
      section = /^\[(.*)\]$/.exec(text)?.[1] ?? section;
      if (text.startsWith('[') && text.endsWith(']')) return;
      const [, name, value] = /^([^\s:=]+)\s*[:=]\s*(.*)$/.exec(text) ?? [];
      // The line itself may hold a key.
      if (name === undefined || value === undefined) {
        throw invalidRequest(`${file}:${index + 1}: expected a line like CLARIFAI_API_KEY: VALUE`);
      }
      const field = fieldOfName[name.toUpperCase()];
      if (section === 'clarifai' && field !== undefined && value !== '') config[field] = value;
    });
  return config;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalidArgument('file', 'a configuration file that can be read', file, { cause });
  }
}
