// What a fresh process spends from its first require to its first call sent, in CPU time. Peers load what they must to make
// that call: most of them everything.
import { prepareClients, startClients } from './start-clients.mjs';

export const processes = 11;
export const rowNames = ['CPU from the first require to the first call sent'];
export const prepare = prepareClients;

export function unit() {
  return 'ms';
}

export async function measure() {
  const figures = await startClients();
  return Object.fromEntries(Object.entries(figures).map(([client, { cpuMs }]) => [client, cpuMs]));
}
