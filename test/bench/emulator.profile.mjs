// What an emulator costs: its CPU beside a grpc-js server that answers fixed bytes, its start beside loading grpc-js, the memory
// of a million inputs, and whether lists, searches and deletions take time in proportion to what they go through.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { encode, postUrls, repeat, startServer } from './emulator-client.mjs';
import { medianOf } from './measure.mjs';

const megabyte = 1_000_000;
const url = 'https://samples.clarifai.com/metro-north.jpg';
const image = { data: { image: { url, allowDuplicateUrl: true } } };

const rows = {
  'server CPU, PostModelOutputs of a URL, 20 concepts': () =>
    serverCpu('PostModelOutputs', { modelId: 'general-image-recognition', inputs: [image] }),
  'server CPU, PostInputs of a URL': () => serverCpu('PostInputs', { inputs: [image] }),
  'server CPU, GetInput': () => serverCpu('GetInput', { inputId: 'input-0' }),
  'server CPU, ListInputs, a page of 20': () => serverCpu('ListInputs', { perPage: 20 }),
  'upload of 16 MiB': upload,
  start: startUp,
  'memory of 1,000,000 URL inputs': memory,
  'list by pages of 100, time an input': () => perInput((server, count) => listPages(server, count, {})),
  'list by status and pages of 100, time an input': () =>
    perInput((server, count) => listPages(server, count, { status: { code: 30000 } })),
  'StreamInputs by pages of 100, time an input': () => perInput((server, count) => streamPages(server, count, {})),
  'StreamInputs by id, time an input': () =>
    perInput((server, count) => streamPages(server, count, { orderById: true })),
  'search by metadata, time an input': () =>
    perInput((server) => search(server, { filters: [{ annotation: { data: { metadata: { key: 'value' } } } }] })),
  'search by a predicted concept, time an input': () =>
    perInput((server) =>
      search(server, { ranks: [{ annotation: { data: { concepts: [{ id: 'train', value: 1 }] } } }] }),
    ),
  'search by similarity, time an input': () =>
    perInput((server) => search(server, { ranks: [{ annotation: { data: { image: { url } } } }] })),
  'delete, time an input': () => perInput(deleteAll),
};

export const rowNames = Object.keys(rows);

/** Values by candidate; microseconds unless `unit` says otherwise. */
export function measure(name) {
  return rows[name]();
}

export function unit(name) {
  return name === 'memory of 1,000,000 URL inputs' ? 'MB' : 'us';
}

/** CPU time of a server's process a call, 64 calls at once. */
function serverCpu(method, request) {
  const bytes = encode(method, request);
  return compareServers(method, bytes, async (server, isWarmUp) => {
    const beforeUs = await server.cpuUs();
    const calls = isWarmUp ? 3000 : 1000;
    await repeat(calls, 64, () => server.send(method, bytes));
    return ((await server.cpuUs()) - beforeUs) / calls;
  });
}

/** Time an upload, 4 at once. */
function upload() {
  const images = Array.from({ length: 16 }, (_, index) => ({
    data: { image: { base64: Buffer.alloc(1 << 20, index) } },
  }));
  const bytes = encode('PostInputs', { inputs: images });
  return compareServers('PostInputs', bytes, async (server) => {
    const begin = performance.now();
    await repeat(16, 4, () => server.send('PostInputs', bytes));
    return ((performance.now() - begin) * 1000) / 16;
  });
}

/** Both servers answer the same bytes to the same bytes, in turns. */
async function compareServers(method, bytes, sample) {
  const [fixed, emulator] = await Promise.all([startServer('fixed'), startServer('emulator')]);
  await postUrls(emulator, 128);
  await fixed.answer(method, await emulator.send(method, bytes));
  const values = { 'grpc-js, fixed bytes': [], emulator: [] };
  for (let round = -1; round < 7; round++) {
    for (const [name, server] of [
      ['grpc-js, fixed bytes', fixed],
      ['emulator', emulator],
    ]) {
      const value = await sample(server, round < 0);
      if (round >= 0) values[name].push(value);
    }
  }
  fixed.close();
  emulator.close();
  return mapValues(values, medianOf);
}

/** Each in a fresh process, from its first line. */
function startUp() {
  const entry = JSON.stringify(join(repositoryRoot, 'dist/emulator.js'));
  const said = `process.stdout.write(String(performance.now() - begin))`;
  const scripts = {
    "require('@grpc/grpc-js')": `require('@grpc/grpc-js'); ${said};`,
    'require + startEmulator()': `require(${entry}).startEmulator().then(() => ${said});`,
    'until a first prediction': `require(${entry}).startEmulator().then(async (emulator) => { await predict(emulator); ${said}; });`,
  };
  const request = encode('PostModelOutputs', { modelId: 'general-image-recognition', inputs: [image] });
  const framed = Buffer.concat([Buffer.alloc(5), request]);
  framed.writeUInt32BE(request.length, 1);
  const predict = `const predict = ({ base, pat }) => new Promise((resolve) => {
    const session = require('node:http2').connect(base);
    const headers = { ':method': 'POST', ':path': '/clarifai.api.V2/PostModelOutputs', 'content-type': 'application/grpc',
      te: 'trailers', authorization: 'Key ' + pat };
    const stream = session.request(headers);
    stream.on('close', () => { session.close(); resolve(); }).resume().end(Buffer.from('${framed.toString('base64')}', 'base64'));
  });`;
  const values = mapValues(scripts, () => []);
  for (let round = 0; round < 9; round++) {
    for (const [name, script] of Object.entries(scripts)) {
      const args = ['-e', `const begin = performance.now(); ${predict} ${script}`];
      values[name].push(Number(execFileSync(process.execPath, args, { cwd: repositoryRoot, encoding: 'utf8' })) * 1000);
    }
  }
  return mapValues(values, medianOf);
}

async function memory() {
  const emulator = await startServer('emulator');
  await postUrls(emulator, 1_000_000);
  const { rss, heapUsed, peakRssBytes } = await emulator.memory();
  emulator.close();
  return {
    'asked: less than': 1500,
    RSS: rss / megabyte,
    'heap in use': heapUsed / megabyte,
    'highest RSS': peakRssBytes / megabyte,
  };
}

/** The same for 10,000 and for 100,000 inputs: what costs in proportion has a ratio of 1, once the server is warm. */
async function perInput(run) {
  const values = {};
  for (const count of [10_000, 100_000]) {
    const emulator = await startServer('emulator');
    await postUrls(emulator, 10_000, 'warm');
    await run(emulator, 10_000, 'warm');
    await deleteAll(emulator, 10_000, 'warm');
    await postUrls(emulator, count);
    const begin = performance.now();
    await run(emulator, count, 'input');
    values[`${count} inputs`] = ((performance.now() - begin) * 1000) / count;
    emulator.close();
  }
  return values;
}

async function listPages(server, count, filter) {
  for (let page = 1; ; page++) {
    const { inputs } = await server.call('ListInputs', { page, perPage: 100, ...filter });
    if (inputs.length < 100) return expectCount((page - 1) * 100 + inputs.length, count);
  }
}

async function streamPages(server, count, order) {
  let lastId = '';
  for (let seen = 0; ;) {
    const { inputs } = await server.call('StreamInputs', { lastId, perPage: 100, ...order });
    seen += inputs.length;
    if (inputs.length < 100) return expectCount(seen, count);
    lastId = inputs[99].id;
  }
}

async function search(server, query) {
  const { status } = await server.call('PostInputsSearches', { searches: [{ query }] });
  if (status.code !== 10000) throw new Error(`PostInputsSearches answered ${status.code}: ${status.details}`);
}

async function deleteAll(server, count, prefix) {
  for (let from = 0; from < count; from += 1000) {
    const ids = Array.from({ length: 1000 }, (_, index) => `${prefix}-${from + index}`);
    await server.call('DeleteInputs', { ids });
  }
  const { inputs } = await server.call('ListInputs', {});
  expectCount(inputs.length, 0);
}

function expectCount(got, expected) {
  if (got !== expected) throw new Error(`Expected ${expected} inputs, got ${got}`);
}

function mapValues(values, change) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
