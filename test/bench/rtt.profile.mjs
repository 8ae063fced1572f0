// Uploads to a service that is far away, where a connection carries no more than one window a round trip.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compiledRoot } from '../../scripts/paths.mjs';
import { startFarServer } from './far-server.mjs';

const require = createRequire(import.meta.url);

const uploads = 8;
const imageBytes = 1024 * 1024;
const roundTripMs = 60;
const line = `${roundTripMs} ms of round trip, window of 64 KiB`;

const rows = {
  [`${uploads} calls of the stub with 1 MiB each, four at a time, ${line}`]: callStub,
  [`ingestion of ${uploads} images of 1 MiB, four requests at a time, ${line}`]: ingest,
};

export const rowNames = Object.keys(rows);

export function unit() {
  return 'kB/s';
}

/** Bytes a millisecond, by how many connections there may be: more are faster, so that the ratio says how much. */
export async function measure(name) {
  const { methods } = require(join(compiledRoot, 'generated/methods.js'));
  const accepted = { status: { code: 10000 }, inputs: [{ status: { code: 30001 } }] };
  const base = await startFarServer(roundTripMs, methods.PostInputs.response().encode(accepted));
  const upload = rows[name];
  return {
    'one connection': await upload(base, 1),
    'up to 4 connections': await upload(base, 4),
  };
}

async function callStub(base, max) {
  const { V2Stub } = require('clarifai-grpc/rpc');
  const stub = new V2Stub({ base, pat: 'pat-of-a-bench', connections: { max } });
  const request = { inputs: [{ data: { image: { base64: new Uint8Array(imageBytes) } } }] };
  const speed = await speedOf(async () => {
    for (let sent = 0; sent < uploads; sent += 4) await Promise.all([1, 2, 3, 4].map(() => stub.PostInputs(request)));
  });
  await stub.close();
  return speed;
}

async function ingest(base, max) {
  const { Clarifai } = require('clarifai-grpc');
  const client = { base, pat: 'pat-of-a-bench', userId: 'user', appId: 'app', connections: { max } };
  const clarifai = new Clarifai(client);
  const images = Array.from({ length: uploads }, (_, index) => ({ id: `image-${index}`, image: jpeg() }));
  const speed = await speedOf(async () => {
    const options = { chunkBytes: imageBytes, concurrency: 4, requestsPerSecond: null };
    const { accepted } = await clarifai.ingest(images, options).done;
    if (accepted !== uploads) throw new Error(`Accepted ${accepted} of ${uploads}`);
  });
  await clarifai.close();
  return speed;
}

/** What begins like a JPEG, which is all that the client looks at. */
function jpeg() {
  const image = Buffer.alloc(imageBytes);
  image.writeUInt32BE(0xffd8ffe0);
  return image;
}

async function speedOf(upload) {
  const start = performance.now();
  await upload();
  return (uploads * imageBytes) / (performance.now() - start);
}
