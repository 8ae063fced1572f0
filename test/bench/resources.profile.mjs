// Lists and downloads through the handles, against what a careful caller would write without them.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';

const require = createRequire(import.meta.url);
const { Clarifai } = require('clarifai-grpc');
const { startEmulator } = require('clarifai-grpc/emulator');

const inputs = 20_000;
const pageSize = 200;
const pageMs = 20;
const archiveBytes = 2 * 1024 ** 3;

const rows = {
  [`list ${inputs} inputs in pages of ${pageSize} that take ${pageMs} ms each`]: list,
  [`download an archive of ${archiveBytes / 1024 ** 3} GiB to disk`]: download,
};

export const rowNames = Object.keys(rows);
export const processes = 3;

export const unit = (name) => (name.startsWith('list') ? 'inputs/s' : 'MB of RSS growth');

export const measure = (name) => rows[name]();

/** Inputs a second: of a loop over the stub that asks for one page after the other, and of the list. */
async function list() {
  const emulator = await startEmulator();
  const clarifai = new Clarifai(emulator.clientOptions);
  const userAppId = { userId: emulator.userId, appId: emulator.appId };
  const all = Array.from({ length: inputs }, (_, at) => ({ id: `input-${at}`, data: { text: { raw: `text ${at}` } } }));
  await emulator.seed({ inputs: all });
  emulator.rule('ListInputs', { latencyMs: pageMs });
  const loop = await speedOf(async () => {
    let count = 0;
    for (let page = 1; ; page++) {
      const answer = await clarifai.rpc.ListInputs({ userAppId, page, perPage: pageSize });
      if (answer.inputs.length === 0) return count;
      count += answer.inputs.length;
    }
  });
  const ours = await speedOf(async () => {
    let count = 0;
    for await (const page of clarifai.inputs.list({}, { pageSize }).pages()) count += page.length;
    return count;
  });
  await clarifai.close();
  await emulator.close();
  return { 'one page after the other': loop, 'inputs.list()': ours };
}

async function speedOf(read) {
  const startedAt = performance.now();
  const count = await read();
  if (count !== inputs) throw new Error(`Read ${count} of ${inputs}`);
  return (count / (performance.now() - startedAt)) * 1000;
}

/** Megabytes by which the process grew, beside what the archive would take in memory. */
async function download() {
  const { download } = require(join(repositoryRoot, 'dist/src/downloads/download.js'));
  const { systemClock } = require(join(repositoryRoot, 'dist/src/base/clock.js'));
  const piece = Buffer.alloc(1024 * 1024, 7);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': archiveBytes });
    let left = archiveBytes / piece.length;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const context = { clock: systemClock, base: 'https://api.clarifai.com', credential: async () => ({}) };
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const file = join(folder, 'archive.zip');
  await download(context, `http://127.0.0.1:${address.port}/archive.zip`, file);
  clearInterval(timer);
  const { size } = statSync(file);
  rmSync(folder, { recursive: true });
  server.close();
  if (size !== archiveBytes) throw new Error(`Wrote ${size} of ${archiveBytes} bytes`);
  return { 'the archive in memory': archiveBytes / 1024 ** 2, 'download()': (most - before) / 1024 ** 2 };
}
