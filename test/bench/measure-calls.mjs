import { startAnsweringServer } from './answering.mjs';
import { callers } from './callers.mjs';
import { medianOf } from './measure.mjs';
import { encoded } from './workloads.mjs';

/**
 * Microseconds of this process's CPU a call, by client: the medians of rounds in which all take turns. The server is a
 * process of its own.
 */
export async function measureCalls(workload, { clients = Object.keys(callers), inFlight, warmUp, calls, rounds }) {
  const server = await startAnsweringServer(encoded(workload).answer);
  const measured = [];
  for (const name of clients) {
    const call = callers[name](server.port, workload);
    await repeat(call, warmUp, inFlight);
    measured.push({ name, call, costs: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { call, costs } of measured) {
      globalThis.gc?.();
      const before = cpuUs();
      await repeat(call, calls, inFlight);
      costs.push((cpuUs() - before) / calls);
    }
  }
  server.close();
  return Object.fromEntries(measured.map(({ name, costs }) => [name, medianOf(costs)]));
}

async function repeat(call, times, inFlight) {
  let left = times;
  const lane = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
