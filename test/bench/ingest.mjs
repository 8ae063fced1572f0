// node test/bench/ingest.mjs [inputs=1000000]
//
// Streams URL inputs from a generator into an emulator in a process of its own, in three ways, each in a fresh process, and
// prints the client's CPU time a million inputs, its memory and how full the chunks were.
import { execFileSync, fork } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [mode, ...args] = process.argv.slice(2);
const count = Number(args[0] ?? (Number(mode) || 1_000_000));

const ways = { raw: rawLoop, 'ingest-with-ids': ingestWithIds, 'ingest-defaults': ingestDefaults };

if (mode === 'emulator') await serve();
else if (mode in ways) await measure(mode);
else compare();

function compare() {
  const results = Object.keys(ways).map((way) =>
    JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', import.meta.filename, way, String(count)], { encoding: 'utf8' }),
    ),
  );
  const [first] = results;
  console.log(`${count} URL inputs into an emulator in another process`);
  for (const { way, cpuSeconds, wallSeconds, rssGrowthMb, secondHalfMb, fillRate } of results) {
    const perMillion = (cpuSeconds * 1e6) / count;
    const fill = fillRate === undefined ? '' : `  fill ${(fillRate * 100).toFixed(1)} %`;
    console.log(
      `  ${way.padEnd(16)} ${perMillion.toFixed(1)} CPU s a million (x ${(cpuSeconds / first.cpuSeconds).toFixed(2)})` +
        `  ${wallSeconds.toFixed(1)} s  RSS +${rssGrowthMb.toFixed(0)} MB, of it +${secondHalfMb.toFixed(0)} MB in the second half${fill}`,
    );
  }
}

async function measure(way) {
  const server = fork(import.meta.filename, ['emulator'], { stdio: 'ignore' });
  const clientOptions = await new Promise((resolve) => server.once('message', resolve));
  const rss = [];
  const timer = setInterval(() => rss.push(process.memoryUsage().rss), 100);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const summary = await ways[way](clientOptions);
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  server.kill();
  const half = rss.slice(Math.floor(rss.length / 2));
  const mb = (bytes) => bytes / 1024 / 1024;
  const result = {
    way,
    cpuSeconds: (user + system) / 1e6,
    wallSeconds,
    rssGrowthMb: mb(Math.max(...rss) - before),
    secondHalfMb: mb(Math.max(...half) - (half[0] ?? 0)),
    fillRate: summary?.fillRate,
  };
  console.log(JSON.stringify(result));
}

async function serve() {
  const { startEmulator } = require('clarifai-grpc/emulator');
  const emulator = await startEmulator({ keepAlive: true, requestLog: { maxEntries: 1 } });
  process.send?.(emulator.clientOptions);
}

function url(index) {
  return `https://samples.clarifai.com/metro-north.jpg?${index}`;
}

/** What one would write by hand: chunks of 128 over the raw stub, four at a time, with ids, without retries. */
async function rawLoop({ base, pat, userId, appId }) {
  const { V2Stub } = require('clarifai-grpc/rpc');
  const stub = new V2Stub({ base, pat });
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const inputs = [];
      for (; inputs.length < 128 && next < count; next++) {
        inputs.push({ id: `input-${next}`, data: { image: { url: url(next) } } });
      }
      const { inputs: answers } = await stub.PostInputs({ userAppId: { userId, appId }, inputs });
      if (answers.some(({ status }) => status?.code !== 30001)) throw new Error('An input was refused');
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await stub.close();
}

function ingestWithIds(clientOptions) {
  return ingest(clientOptions, (index) => ({ id: `input-${index}`, url: url(index) }));
}

function ingestDefaults(clientOptions) {
  return ingest(clientOptions, url);
}

async function ingest(clientOptions, inputOf) {
  const { Clarifai } = require('clarifai-grpc');
  const clarifai = new Clarifai(clientOptions);
  function* source() {
    for (let index = 0; index < count; index++) yield inputOf(index);
  }
  // The emulator allows any number of requests a second.
  const summary = await clarifai.ingest(source(), { requestsPerSecond: null }).done;
  if (summary.accepted !== count) throw new Error(`Accepted ${summary.accepted} of ${count}`);
  await clarifai.close();
  return summary;
}
