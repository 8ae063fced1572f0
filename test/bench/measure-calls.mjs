import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startAnsweringServer } from './answering.mjs';
import { medianOf } from './measure.mjs';
import { encoded, workloads } from './workloads.mjs';

/**
 * Microseconds of CPU a call, by client: the medians of rounds in which all take turns. Each client has a process of its own,
 * as it has in use: in one process all would pay for code that fits every one of them, and for each other's garbage. The server
 * is another process.
 */
export async function measureCalls(workload, { clients, inFlight, warmUp, calls, rounds }) {
  const server = await startAnsweringServer(encoded(workloads[workload]()).answer);
  const measured = clients.map((name) => {
    const child = fork(join(import.meta.dirname, 'one-client.mjs'), [name, workload, String(server.port)]);
    return { name, child, costs: /** @type {number[]} */ ([]) };
  });
  for (const { child } of measured) await costOf(child, { calls: warmUp, inFlight });
  for (let round = 0; round < rounds; round++) {
    for (const { child, costs } of measured) costs.push(await costOf(child, { calls, inFlight }));
  }
  for (const { child } of measured) child.disconnect();
  server.close();
  return Object.fromEntries(measured.map(({ name, costs }) => [name, medianOf(costs)]));
}

async function costOf(child, work) {
  child.send(work);
  const ended = once(child, 'exit').then(() => [undefined]);
  const [cost] = await Promise.race([once(child, 'message'), ended]);
  if (cost === undefined) throw new Error(`The process of a client has ended: ${child.spawnargs.join(' ')}`);
  return cost;
}
