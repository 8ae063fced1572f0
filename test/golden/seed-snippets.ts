import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../fixtures/python/seeds');

/** What stands for the placeholders of the documentation in what was recorded, and in the tests. */
const placeholders: readonly (readonly [string, string])[] = [
  ['YOUR_USER_ID_HERE', 'user-1'],
  ['YOUR_PAT_HERE', 'pat-0123456789abcdef'],
  ['YOUR_APP_ID_HERE', 'app-1'],
  ['{THE_MODEL_ID}', 'general-image-recognition'],
  ['{THE_MODEL_VERSION_ID}', 'aa7f35c01e0642fda5cf400f543e7c40'],
  ['{YOUR_IMAGE_FILE_LOCATION}', 'pattern.bin'],
  ['YOUR_IMAGE_FILE_LOCATION', 'pattern.bin'],
];

/** The names of the Python snippets of the documentation, as the recording has them. */
export const seedNames = [
  '000-predict-image-url',
  '000-predict-image-bytes',
  '003-post-inputs-url',
  '003-post-inputs-bytes',
  '003-post-inputs-multiple-with-ids',
  '003-post-inputs-concept',
  '003-post-inputs-multiple-concepts',
  '003-post-inputs-metadata',
  '003-post-inputs-data-sources',
  '003-get-inputs-extraction-job',
  '003-list-inputs-extraction-jobs',
  '003-cancel-inputs-extraction-jobs',
  '003-post-inputs-data-sources-template',
] as const;

/** A snippet as the documentation has it. */
export function seedText(name: string): string {
  return readFileSync(join(folder, `${name}.py`), 'utf8');
}

/** A snippet that can be run: with the values of the recording in place of the placeholders. */
export function seedProgram(name: string): string {
  return placeholders.reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), seedText(name));
}
