import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../package/folder';

const MiB = 1024 * 1024;

test('an archive of half a gigabyte is unpacked in less than 100 MiB', () => {
  const script = join(repositoryRoot, 'test/bench/unpack-growth.mjs');
  const told = execFileSync(process.execPath, [script, String(512 * MiB)], { encoding: 'utf8' });
  const { archiveBytes, inputs, growthBytes } = JSON.parse(told) as Record<string, number>;
  expect(archiveBytes).toBeGreaterThan(512 * MiB);
  expect(inputs).toBe(5248);
  expect(growthBytes).toBeLessThan(100 * MiB);
}, 600_000);
