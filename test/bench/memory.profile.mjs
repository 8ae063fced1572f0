// What clients hold: resident memory when the first call is sent, and heap for each call that waits for its answer.
import { startAnsweringServer } from './answering.mjs';
import { callers } from './callers.mjs';
import { prepareClients, startClients } from './start-clients.mjs';
import { workloads } from './workloads.mjs';

export const processes = 7;
export const prepare = prepareClients;

const inFlight = 1000;
const rows = {
  'resident memory added when the first call is sent': {
    unit: 'MB',
    measure: async () => {
      const figures = await startClients();
      return Object.fromEntries(Object.entries(figures).map(([client, { rssMb }]) => [client, rssMb]));
    },
  },
  'heap a call in flight, PostModelOutputs of a URL': { unit: 'B', measure: measureHeap },
};

export const rowNames = Object.keys(rows);

export function unit(name) {
  return rows[name].unit;
}

export function measure(name) {
  return rows[name].measure();
}

async function measureHeap() {
  const bytes = {};
  const calls = [];
  for (const [name, make] of Object.entries(callers)) {
    const server = await startAnsweringServer(undefined);
    const call = make(server.port, workloads.prediction());
    // The first call connects; what it loads is not the others'.
    calls.push(call().catch(() => undefined));
    await settle();
    const before = await heapUsed();
    for (let count = 0; count < inFlight; count++) calls.push(call().catch(() => undefined));
    await settle();
    bytes[name] = ((await heapUsed()) - before) / inFlight;
    server.close();
    await Promise.all(calls.splice(0));
  }
  return bytes;
}

async function heapUsed() {
  globalThis.gc?.();
  await settle();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Until what was begun has been written to the sockets. */
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 150));
}
