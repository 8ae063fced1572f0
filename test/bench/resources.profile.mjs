// Lists and downloads through the handles, against what a careful caller would write without them.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unpackGrowth } from './unpack-growth.mjs';

const require = createRequire(import.meta.url);
const { Clarifai } = require('clarifai-grpc');
const { startEmulator } = require('clarifai-grpc/emulator');

const inputs = 20_000;
const pageSize = 200;
const pageMs = 20;
const manyInputs = 100_000;
const archiveBytes = 2 * 1024 ** 3;

const rows = {
  [`list ${inputs} inputs in pages of ${pageSize} that take ${pageMs} ms each`]: list,
  [`memory while ${manyInputs} inputs are listed`]: listMemory,
  [`download a file of ${archiveBytes / 1024 ** 3} GiB to disk`]: download,
  [`unpack an archive of ${archiveBytes / 1024 ** 3} GiB`]: unpack,
};

export const rowNames = Object.keys(rows);
export const processes = 3;

const units = { list: 'inputs/s', memory: 'MB of heap growth' };
export const unit = (name) => units[name.split(' ')[0]] ?? 'MB of RSS growth';

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

/** Megabytes of heap that are in use at most while a process of its own reads all inputs of an app. */
async function listMemory() {
  const emulator = await startEmulator();
  const { base, pat, userId, appId } = emulator;
  const text = 'of some length, as texts are. '.repeat(10);
  const all = Array.from({ length: manyInputs }, (_, at) => ({ id: `input-${at}`, data: { text: { raw: text } } }));
  await emulator.seed({ inputs: all });
  const growthOf = async (way) => {
    const script = fileURLToPath(new URL('list-growth.mjs', import.meta.url));
    const args = ['--expose-gc', script, base, pat, userId, appId, way];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { inputs: read, heapBytes } = JSON.parse(stdout);
    if (read !== manyInputs) throw new Error(`Read ${read} of ${manyInputs}`);
    return heapBytes / 1024 ** 2;
  };
  const growth = {
    'list().toArray()': await growthOf('toArray'),
    'for await … of list()': await growthOf('list'),
    'for await … of scan()': await growthOf('scan'),
  };
  await emulator.close();
  return growth;
}

async function speedOf(read) {
  const startedAt = performance.now();
  const count = await read();
  if (count !== inputs) throw new Error(`Read ${count} of ${inputs}`);
  return (count / (performance.now() - startedAt)) * 1000;
}

/** Megabytes by which the process grew, beside what the archive would take in memory. */
async function download() {
  const server = spawn(process.execPath, [
    fileURLToPath(new URL('file-server.mjs', import.meta.url)),
    `${archiveBytes}`,
  ]);
  const [port] = await once(server.stdout, 'data');
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const clarifai = new Clarifai({ pat: 'none', userId: 'u', appId: 'a' });
  const url = `http://127.0.0.1:${String(port).trim()}/large.mp4`;
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  // Of an input that is all that is looked at.
  const input = /** @type {unknown} */ ({ id: 'large', data: { video: { url } } });
  const inputs = [/** @type {import('clarifai-grpc').Input} */ (input)];
  for await (const outcome of clarifai.inputs.download(inputs, folder)) {
    if (!outcome.ok) throw outcome.error;
  }
  clearInterval(timer);
  const { size } = statSync(join(folder, 'large.mp4'));
  rmSync(folder, { recursive: true });
  server.kill();
  await clarifai.close();
  if (size !== archiveBytes) throw new Error(`Wrote ${size} of ${archiveBytes} bytes`);
  return { 'the file in memory': archiveBytes / 1024 ** 2, 'inputs.download()': (most - before) / 1024 ** 2 };
}

async function unpack() {
  const { archiveBytes: bytes, growthBytes } = await unpackGrowth(archiveBytes);
  return { 'the archive in memory': bytes / 1024 ** 2, 'versions.unpackArchive()': growthBytes / 1024 ** 2 };
}
