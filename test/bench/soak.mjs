// node test/bench/soak.mjs [minutes=10]: the emulator under mixed calls for a long time, in a process of its own. Prints its heap
// and RSS each minute, after a collection of garbage, and fails when the line through the second half of them rises.
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { randomBytes, randomInt } from 'node:crypto';
import { encode, methods, startServer } from './emulator-client.mjs';

const minutes = Number(process.argv[2] ?? 10);
const samplesAMinute = 4;
/** A tenth of a megabyte a minute is noise; what leaks with each of thousands of calls is far above it. */
const allowedMegabytesAMinute = 0.5;
const keptInputs = 2000;

const server = await startServer('emulator');
const counts = { calls: 0, refused: 0, aborted: 0, broken: 0 };
const samples = [];
let isOver = false;
let newest = 0;

const image = (id) => ({ id, data: { image: { url: `https://samples.clarifai.com/${id}.jpg` }, metadata: { id } } });
const idAt = (index) => `input-${index}`;

const search = {
  searches: [{ query: { ranks: [{ annotation: { data: { concepts: [{ id: 'train', value: 1 }] } } }] } }],
};
const generation = { modelId: 'synthetic-text-generation', inputs: [{ data: { text: { raw: 'a b c' } } }] };

/** What is done over and over; each keeps the state at about its size. */
const deeds = [
  async () => {
    const first = newest;
    newest += 16;
    const ids = (from) => Array.from({ length: 16 }, (_, index) => idAt(from + index));
    await call('PostInputs', { inputs: ids(first).map(image) });
    await call('DeleteInputs', { ids: ids(first - keptInputs) });
  },
  () => call('ListInputs', { page: randomInt(20) + 1, perPage: 50 }),
  () => call('StreamInputs', { perPage: 50, orderById: true }),
  () => call('GetInput', { inputId: idAt(newest - randomInt(2 * keptInputs)) }),
  () => call('PostModelOutputs', { modelId: 'general-image-recognition', inputs: [image('a'), image('b')] }),
  () => call('PostModelOutputs', { modelId: 'no-such-model', inputs: [image('a')] }),
  () => call('PostInputsSearches', search),
  () => call('ListKnowledgeGraphs', {}),
  async () => {
    const id = `concept-${randomInt(50)}`;
    await call('PostConcepts', { concepts: [{ id }] });
    await call('PatchConcepts', { concepts: [{ id, name: String(newest) }], action: 'overwrite' });
  },
  () => alone('GenerateModelOutputs', generation, false),
  () => alone('GenerateModelOutputs', generation, true),
  () => alone('PostInputsSearches', search, true),
  () => breakWire(randomBytes(200)),
  () => breakWire(Buffer.from('GET / HTTP/1.1\r\n\r\n')),
];

const watching = watch();
await Promise.all(Array.from({ length: 8 }, work));
await watching;
server.close();
report();

async function work() {
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) await deeds[randomInt(deeds.length)]();
  isOver = true;
}

async function call(method, request) {
  counts.calls++;
  await server.send(method, encode(method, request)).catch(() => counts.refused++);
}

/** A call on a connection of its own, which some clients leave before the answer is there. */
function alone(method, message, isAborted) {
  counts.calls++;
  const session = connectHttp2(server.base);
  session.on('error', () => undefined);
  const request = encode(method, message);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(request.length, 1);
  const { path } = methods[method];
  const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' };
  const call = session.request({ ...headers, authorization: `Key ${server.pat}` });
  call.on('error', () => undefined);
  if (isAborted) {
    counts.aborted++;
    setTimeout(() => call.close(8), randomInt(3));
  }
  return new Promise((resolve) => {
    call.on('close', () => {
      session.destroy();
      resolve(undefined);
    });
    call.resume().end(Buffer.concat([head, request]));
  });
}

/** Bytes that are no HTTP/2, and a client that hangs up. */
function breakWire(bytes) {
  counts.broken++;
  const { hostname, port } = new URL(server.base);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.on('error', () => undefined).on('close', resolve);
    socket.write(
      counts.broken % 2 === 0 ? Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), bytes]) : bytes,
    );
    setTimeout(() => socket.destroy(), 20);
    socket.resume();
  });
}

async function watch() {
  const begin = performance.now();
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, 60_000 / samplesAMinute));
    const { heapUsed, external, rss } = await server.memory();
    const minute = (performance.now() - begin) / 60_000;
    samples.push({ minute, heap: (heapUsed + external) / 1e6, rss: rss / 1e6 });
    if (samples.length % samplesAMinute === 0) print(samples.at(-1));
  }
}

function print({ minute, heap, rss }) {
  console.log(
    `${minute.toFixed(1).padStart(5)} min  heap ${heap.toFixed(1)} MB  RSS ${rss.toFixed(1)} MB  ${JSON.stringify(counts)}`,
  );
}

function report() {
  // The first half fills the request log and compiles what is called often.
  const half = samples.slice(samples.length >> 1);
  const slopes = { heap: slope(half, 'heap'), rss: slope(half, 'rss') };
  console.log(`second half: heap ${slopes.heap.toFixed(2)} MB a minute, RSS ${slopes.rss.toFixed(2)} MB a minute`);
  if (slopes.heap <= allowedMegabytesAMinute) return;
  console.error(`The heap grows by more than ${allowedMegabytesAMinute} MB a minute`);
  process.exitCode = 1;
}

/** Of the line through the samples, by least squares. */
function slope(points, name) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ minute }) => minute), mean((point) => point[name])];
  const above = mean((point) => (point.minute - x) * (point[name] - y));
  return above / mean(({ minute }) => (minute - x) ** 2);
}
