// By how many bytes a process grows that unpacks an archive of a dataset: `node unpack-growth.mjs BYTES`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { Clarifai } = createRequire(import.meta.url)('clarifai-grpc');

/** @param {number} bytes */
export async function unpackGrowth(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'unpack-'));
  const archive = join(folder, 'archive.zip');
  execFileSync(process.execPath, [
    fileURLToPath(new URL('write-archive.mjs', import.meta.url)),
    archive,
    String(bytes),
  ]);
  // Nobody is asked for anything: the archive holds its media.
  const clarifai = new Clarifai({ pat: 'none', userId: 'u', appId: 'a' });
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 10);
  let inputs = 0;
  for await (const outcome of clarifai.dataset('d').versions.unpackArchive(archive, join(folder, 'unpacked'))) {
    if (!outcome.ok) throw outcome.error;
    inputs += 1;
  }
  clearInterval(timer);
  const archiveBytes = statSync(archive).size;
  rmSync(folder, { recursive: true });
  await clarifai.close();
  return { archiveBytes, inputs, growthBytes: most - before };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await unpackGrowth(Number(process.argv[2]))));
}
