import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRequestError } from '../../../src/base/errors';
import { readConfigFile } from '../../../src/options/config-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'config');
  writeFileSync(path, text);
  return path;
}

test('the key of the first Python client is found, with either separator, comments and other sections aside', () => {
  const text =
    '# mine\n[other]\nCLARIFAI_API_KEY = wrong\n\n[clarifai]\nclarifai_api_key: key-1\r\nCLARIFAI_USER_ID = me\n; end\n';
  expect(readConfigFile(file(text))).toEqual({ apiKey: 'key-1', userId: 'me' });
});

test('a file without a key gives none: the client then says that it has no credential', () => {
  expect(readConfigFile(file('[clarifai]\nCLARIFAI_API_KEY:\n'))).toEqual({});
});

test('a line that is not understood is named by its number, and not shown', () => {
  const read = (): unknown => readConfigFile(file('[clarifai]\nsecret-key-without-name\n'));
  expect(read).toThrow(InvalidRequestError);
  expect(read).toThrow(':2: expected a line like CLARIFAI_API_KEY: VALUE');
  expect(read).not.toThrow('secret');
});

test('a file that is not there is named', () => {
  expect(() => readConfigFile(join(folder, 'none'))).toThrow(/Expected `file` to be a configuration file.*none/);
});
