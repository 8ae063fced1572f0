// A server in a process of its own, so that its CPU and memory can be told from its client's: the emulator, or a grpc-js server
// that answers each path with bytes it was given. Over IPC it says where it listens and what it has used so far.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';

const require = createRequire(import.meta.url);
const { base, pat, answer } = await (process.argv[2] === 'fixed' ? fixed() : emulator());

process.on('message', (/** @type {{ kind: string, path: string, bytes: string }} */ { kind, path, bytes }) => {
  if (kind === 'answer') answer?.(path, Buffer.from(bytes, 'base64'));
  if (kind === 'memory') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuUs: user + system,
    ...process.memoryUsage(),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  });
});
process.on('disconnect', () => process.exit());
process.send?.({ base, pat });

async function emulator() {
  const { startEmulator } = require(join(repositoryRoot, 'dist/emulator.js'));
  return startEmulator({ keepAlive: true, lifecycle: { pendingMs: 0, inProgressMs: 0, deleteLagMs: 0 } });
}

async function fixed() {
  const { Server, ServerCredentials } = require('@grpc/grpc-js');
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const port = await new Promise((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const asIs = (/** @type {Buffer} */ bytes) => bytes;
  return {
    base: `http://127.0.0.1:${port}`,
    pat: '',
    answer: (path, bytes) => server.register(path, (_call, reply) => reply(null, bytes), asIs, asIs, 'unary'),
  };
}
