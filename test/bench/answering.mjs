import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** @param {Uint8Array | undefined} message what it answers with; nothing keeps every call waiting */
export async function startAnsweringServer(message) {
  const server = fork(
    join(import.meta.dirname, 'answering-server.mjs'),
    [Buffer.from(message ?? []).toString('base64')],
    { execArgv: [] },
  );
  const [{ port }] = await once(server, 'message');
  return { port, close: () => server.kill() };
}
