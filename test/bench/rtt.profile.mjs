// Uploads to a service that is far away, where a connection carries no more than one window a round trip.
import { createRequire } from 'node:module';
import { startFarServer } from './far-server.mjs';
import { medianOf } from './measure.mjs';

const require = createRequire(import.meta.url);

const requests = 4;
const requestBytes = 1024 * 1024;
const roundTripMs = 60;
const samples = 3;

export const rowNames = [`${requests} uploads of 1 MiB at a time, ${roundTripMs} ms of round trip, window of 64 KiB`];

export function unit() {
  return 'kB/s';
}

/** Bytes a millisecond, by how many connections there may be; more than one is the faster, so that its ratio says how much. */
export async function measure() {
  const { V2Stub } = require('clarifai-grpc/rpc');
  const base = await startFarServer(roundTripMs);
  const candidates = [1, 4].map((max) => ({
    name: max === 1 ? 'one connection' : `up to ${max} connections`,
    stub: new V2Stub({ base, pat: 'pat-of-a-bench', connections: { max } }),
    speeds: /** @type {number[]} */ ([]),
  }));
  for (const { stub } of candidates) await upload(stub);
  for (let sample = 0; sample < samples; sample++) {
    for (const { stub, speeds } of candidates) speeds.push(await upload(stub));
  }
  await Promise.all(candidates.map(({ stub }) => stub.close()));
  return Object.fromEntries(candidates.map(({ name, speeds }) => [name, medianOf(speeds)]));
}

async function upload(stub) {
  const request = { inputs: [{ data: { image: { base64: new Uint8Array(requestBytes) } } }] };
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, () => stub.PostInputs(request)));
  return (requests * requestBytes) / (performance.now() - start);
}
