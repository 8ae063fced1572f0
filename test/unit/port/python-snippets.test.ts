import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('docs/python-snippets.md holds what the porter writes', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/python-snippets.mjs'], {
    cwd: join(__dirname, '../../..'),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
