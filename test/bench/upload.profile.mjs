// What a request of 16 images of 1 MiB costs its client, in CPU time, with 4 requests in flight.
import { generatePeers } from '../peers/generated.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import { callers } from './callers.mjs';
import { measureCalls } from './measure-calls.mjs';

export const processes = 7;

export function prepare() {
  generatePeers();
  stockTsProto();
}

export const rowNames = ['CPU of the client, PostInputs of 16 MiB'];

export function measure() {
  // Clarifai.postInputs sends requests of its own making; its cost is in the profile `ingest`.
  const clients = Object.keys(callers).filter((name) => name !== 'Clarifai');
  return measureCalls('upload', { clients, inFlight: 4, warmUp: 8, calls: 8, rounds: 3 });
}
