import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '../../src/emulator/index';
import { startTcpProxy, type TcpProxy } from '../faults/tcp-proxy';

const maxIdleMs = 1000;

type Frozen = ChildProcessByStdio<Writable, Readable, null>;

/** What the child prints of the call that it is told to make. */
async function callIn(child: Frozen, printed: AsyncIterator<string>): Promise<string> {
  child.stdin.write('call\n');
  const { value } = (await printed.next()) as IteratorResult<string, undefined>;
  return value ?? 'nothing';
}

test.each<[string, (network: TcpProxy) => void]>([
  ['was ended by the server', (network) => network.cut('fin')],
  ['was reset', (network) => network.cut('reset')],
  ['was forgotten by the network, which tells nobody', (network) => network.blackHole()],
  ['was kept', () => undefined],
])('a process that was frozen makes its next call, though the connection %s meanwhile', async (_how, meanwhile) => {
  await using emulator = await startEmulator();
  await using network = await startTcpProxy(emulator.port);
  const child = spawn(process.execPath, [join(__dirname, 'frozen-call.cjs'), network.base, emulator.pat], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const printed = createInterface(child.stdout)[Symbol.asyncIterator]();
    expect(await callIn(child, printed)).toBe('10000');

    child.kill('SIGSTOP');
    meanwhile(network);
    await sleep(2 * maxIdleMs);
    child.kill('SIGCONT');

    expect(await callIn(child, printed)).toBe('10000');
    // The stale connection was not tried: one for each call.
    expect(network.accepted).toBe(2);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});
