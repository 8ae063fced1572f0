// The process of one client, for measure-calls.mjs: [client] [workload] [port of the server]. Asked by message to make so many
// calls, so many at a time, it answers with the microseconds of CPU that each took.
import { callers } from './callers.mjs';
import { workloads } from './workloads.mjs';

const [client, workload, port] = process.argv.slice(2);
const call = callers[client](Number(port), workloads[workload]());

process.on('message', async ({ calls, inFlight }) => {
  const before = process.cpuUsage();
  let left = calls;
  const lane = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / calls);
});
// What it holds open would keep it alive.
process.on('disconnect', () => process.exit());
