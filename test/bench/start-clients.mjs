import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { generatePeers, generatedFolder } from '../peers/generated.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import { startAnsweringServer } from './answering.mjs';

const clients = [
  '@grpc/grpc-js alone',
  'V2Stub',
  'Clarifai',
  'ts-proto 2 on grpc-js',
  'protobufjs static on grpc-js',
  'clarifai-nodejs-grpc static',
  'clarifai-nodejs-grpc dynamic',
  'protobuf-es on connect-node',
];

export function prepareClients() {
  generatePeers();
  stockTsProto();
}

/** `cpuMs` and `rssMb` from a fresh process's first require to its first call sent, by client. */
export async function startClients() {
  const server = await startAnsweringServer(undefined);
  const folders = { stock: stockTsProto(), generated: generatedFolder, peers: join(import.meta.dirname, '../peers') };
  const figures = clients.map((client) => {
    const args = [join(import.meta.dirname, 'first-call.mjs'), client, String(server.port), JSON.stringify(folders)];
    return [client, JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))];
  });
  server.close();
  return Object.fromEntries(figures);
}
