// What one call costs its client, in CPU time, with 64 calls in flight.
import { generatePeers } from '../peers/generated.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import { callers } from './callers.mjs';
import { measureCalls } from './measure-calls.mjs';

export const processes = 7;

export function prepare() {
  generatePeers();
  stockTsProto();
}

const rows = {
  'CPU of the client, PostModelOutputs of a URL, 20 concepts': {
    workload: 'prediction',
    clients: Object.keys(callers),
  },
  'CPU of the client, PostModelOutputs of a URL, an answer without concepts': {
    workload: 'empty prediction',
    clients: ['grpc-js, raw buffers', 'V2Stub', 'Clarifai', 'ts-proto 2 on grpc-js'],
  },
};

export const rowNames = Object.keys(rows);

export function measure(name) {
  const { workload, clients } = rows[name];
  return measureCalls(workload, { clients, inFlight: 64, warmUp: 3000, calls: 500, rounds: 5 });
}
