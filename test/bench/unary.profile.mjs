// What one call costs its client, in CPU time, with 64 calls in flight.
import { generatePeers } from '../peers/generated.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import { measureCalls } from './measure-calls.mjs';
import { prediction } from './workloads.mjs';

export const processes = 7;

export function prepare() {
  generatePeers();
  stockTsProto();
}

export const rowNames = ['CPU of the client, PostModelOutputs of a URL, 20 concepts'];

export function measure() {
  return measureCalls(prediction(), { inFlight: 64, warmUp: 1500, calls: 384, rounds: 5 });
}
