// Times one row: every candidate for some milliseconds, in turns, several times over.
const sampleMs = 8;
const leastRepeats = 15;
const samples = 9;
const warmUpMs = 150;
const slowCallMs = 0.2;

/** @param candidates functions by name; one that returns a promise is awaited. Returns microseconds a call, the median of the samples. */
export async function measureRow(candidates) {
  const entries = Object.entries(candidates);
  const timed = [];
  for (const [name, run] of entries)
    timed.push({ name, run, callMs: await warmUp(run), times: /** @type {number[]} */ ([]) });
  for (let sample = 0; sample < samples; sample++) {
    for (const { run, callMs, times } of timed) times.push(await takeSample(run, callMs));
  }
  globalThis.gc?.();
  return Object.fromEntries(timed.map(({ name, times }) => [name, medianOf(times) * 1000]));
}

export function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs until compiled, then returns roughly how long one call takes. */
async function warmUp(run) {
  const end = performance.now() + warmUpMs;
  while (performance.now() < end) await time(run, 1);
  return (await time(run, 10)) / 10;
}

/**
 * Milliseconds a call. Slow calls are timed one by one: their median leaves out the garbage collection of the candidate
 * before, and the first calls, which wait for the system to hand over fresh memory.
 */
async function takeSample(run, callMs) {
  const repeats = Math.max(leastRepeats, Math.round(sampleMs / callMs));
  if (callMs < slowCallMs) return (await time(run, repeats)) / repeats;
  const calls = [];
  for (let call = 0; call < repeats; call++) calls.push(await time(run, 1));
  return medianOf(calls);
}

/** Milliseconds of CPU, which other work on the machine does not add to; of time when the function waits for something. */
async function time(run, repeats) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let waits = false;
  for (let count = 0; count < repeats; count++) {
    const result = run();
    if (!(result instanceof Promise)) continue;
    waits = true;
    await result;
  }
  if (waits) return performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
}
