// A server of emulator-server.mjs with a bare client: bytes in, bytes out.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compiledRoot } from '../../scripts/paths.mjs';

const require = createRequire(import.meta.url);
const { Client, Metadata, credentials } = require('@grpc/grpc-js');
export const { methods } = require(join(compiledRoot, 'generated/methods.js'));

export const userAppId = { userId: 'emulator-user', appId: 'emulator-app' };

/** @param {'emulator' | 'fixed'} kind */
export async function startServer(kind) {
  const child = fork(join(import.meta.dirname, 'emulator-server.mjs'), [kind], { execArgv: ['--expose-gc'] });
  const [{ base, pat }] = await once(child, 'message');
  const client = new Client(base.replace('http://', ''), credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.enable_http_proxy': 0,
  });
  const metadata = new Metadata();
  metadata.set('authorization', `Key ${pat}`);
  const ask = async (message) => {
    const answered = once(child, 'message');
    child.send(message);
    return (await answered)[0];
  };
  return {
    base,
    pat,
    /** CPU time that the server has used so far. */
    cpuUs: async () => (await ask({ kind: 'cpu' })).cpuUs,
    /** What the server's process holds, garbage apart. */
    memory: () => ask({ kind: 'memory' }),
    /** Has a server of fixed bytes answer so from now on. */
    answer: (method, bytes) => ask({ kind: 'answer', path: methods[method].path, bytes: bytes.toString('base64') }),
    send: (method, bytes) => send(client, metadata, methods[method].path, bytes),
    async call(method, request) {
      const bytes = await send(client, metadata, methods[method].path, encode(method, request));
      return methods[method].response().decode(bytes);
    },
    close() {
      client.close();
      child.disconnect();
    },
  };
}

export function encode(method, request) {
  const bytes = methods[method].request().encode({ userAppId, ...request });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Calls `run` so many times, some at once. */
export async function repeat(count, atOnce, run) {
  let started = 0;
  const worker = async () => {
    while (started < count) await run(started++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Adds images by their URLs, in full requests. */
export async function postUrls(server, count, prefix = 'input') {
  const chunkSize = 128;
  await repeat(Math.ceil(count / chunkSize), 4, async (chunk) => {
    const size = Math.min(chunkSize, count - chunk * chunkSize);
    const inputs = Array.from({ length: size }, (_, index) => {
      const id = `${prefix}-${chunk * chunkSize + index}`;
      return { id, data: { image: { url: `https://samples.clarifai.com/images/${id}.jpg` } } };
    });
    const { status } = await server.call('PostInputs', { inputs });
    if (status.code !== 10000) throw new Error(`PostInputs answered ${status.code}: ${status.details}`);
  });
}

function send(client, metadata, path, bytes) {
  return new Promise((resolve, reject) => {
    const asIs = (/** @type {Buffer} */ value) => value;
    client.makeUnaryRequest(path, asIs, asIs, bytes, metadata, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
}
