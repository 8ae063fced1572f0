// node test/bench/ingest-load.mjs <load> [count], run by ingest.profile.mjs
//
// One load into an emulator in a process of its own. Prints CPU time, memory and counts of this process as JSON.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const [name, argument] = process.argv.slice(2);
const imageBytes = 1024 * 1024;
const paceSeconds = 60;

const loads = {
  'raw loop': rawLoop,
  'given ids': (client, count) => ingest(client, count, withId),
  'content ids': (client, count) => ingest(client, count, url),
  journal: ingestWithJournal,
  images: (client, count) => ingest(client, count, (index) => ({ id: `image-${index}`, image: image(index) })),
  pace,
};

if (name === 'emulator') await serve(JSON.parse(argument));
else console.log(JSON.stringify(await measure(loads[name], Number(argument), name === 'pace')));

async function measure(load, count, isPaced) {
  const options = { requestLog: { maxEntries: 1 }, ...(isPaced && { requestsPerSecond: 15 }) };
  const server = fork(import.meta.filename, ['emulator', JSON.stringify(options)]);
  const [clientOptions] = await once(server, 'message');
  const rss = [];
  const timer = setInterval(() => rss.push(process.memoryUsage.rss()), 100);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const counts = await load(clientOptions, count);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  server.kill();
  const half = rss.slice(Math.floor(rss.length / 2));
  const mb = (bytes) => bytes / 1024 / 1024;
  return {
    ...{ seconds, cpuSeconds: (user + system) / 1e6 },
    growthMb: mb(Math.max(...rss) - before),
    secondHalfMb: mb(Math.max(...half) - half[0]),
    ...counts,
  };
}

async function serve(options) {
  const { startEmulator } = require('clarifai-grpc/emulator');
  const emulator = await startEmulator({ ...options, keepAlive: true });
  process.send?.(emulator.clientOptions);
  // It would outlive a load that was killed.
  process.on('disconnect', () => process.exit());
}

function* inputs(count, inputOf) {
  for (let index = 0; index < count; index++) yield inputOf(index);
}

function withId(index) {
  return { id: `input-${index}`, url: url(index) };
}

function url(index) {
  return `https://samples.clarifai.com/metro-north.jpg?${index}`;
}

/** What begins like a JPEG, which is all that the client looks at. */
function image(index) {
  const bytes = Buffer.alloc(imageBytes);
  bytes.writeUInt32BE(0xffd8ffe0);
  bytes.writeUInt32BE(index, 4);
  return bytes;
}

/** What one would write by hand: chunks of 128 over the raw stub, four at a time, with ids, statuses checked, no retries. */
async function rawLoop({ base, pat, userId, appId }, count) {
  const { V2Stub } = require('clarifai-grpc/rpc');
  const stub = new V2Stub({ base, pat });
  const source = inputs(count, withId);
  const worker = async () => {
    for (;;) {
      const inputs = [];
      while (inputs.length < 128) {
        const { value, done } = source.next();
        if (done) break;
        inputs.push({ id: value.id, data: { image: { url: value.url } } });
      }
      if (inputs.length === 0) return;
      const { inputs: answers } = await stub.PostInputs({ userAppId: { userId, appId }, inputs });
      if (answers.some(({ status }) => status?.code !== 30001)) throw new Error('An input was refused');
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await stub.close();
}

async function ingest(clientOptions, count, inputOf, options = {}) {
  const { Clarifai } = require('clarifai-grpc');
  const clarifai = new Clarifai(clientOptions);
  // The emulator allows any number of requests a second.
  const { accepted, fillRate } = await clarifai.ingest(inputs(count, inputOf), { requestsPerSecond: null, ...options })
    .done;
  if (accepted !== count) throw new Error(`Accepted ${accepted} of ${count}`);
  await clarifai.close();
  return { fillRate };
}

async function ingestWithJournal(clientOptions, count) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await ingest(clientOptions, count, withId, { resume: join(directory, 'journal') });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function pace(clientOptions) {
  const { Clarifai } = require('clarifai-grpc');
  const clarifai = new Clarifai(clientOptions);
  const run = clarifai.ingest(inputs(Infinity, url));
  await new Promise((resolve) => setTimeout(resolve, paceSeconds * 1000));
  const { accepted, chunks, throttled } = run.progress;
  await run.close('abort');
  await clarifai.close();
  return { inputsPerSecond: accepted / paceSeconds, throttledShare: throttled / (chunks + throttled) };
}
