import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../src/base/version';

test('the version in the code is the one in package.json', () => {
  const text = readFileSync(join(__dirname, '../../../package.json'), 'utf8');
  expect(version).toBe((JSON.parse(text) as { version: string }).version);
});
