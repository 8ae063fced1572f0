// A stream of inputs into an emulator in a second process; each load in a process of its own. `asked` is the figure to reach.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The loads are long, and each is a fresh process by itself. */
export const processes = 1;

const million = 1_000_000;
const budgetMb = 256;

const rows = {
  'CPU of the client, 1,000,000 URL inputs': {
    unit: 's',
    measure: () => ({
      'raw loop over V2Stub': load('raw loop', million).cpuSeconds,
      'ingest, given ids': load('given ids', million).cpuSeconds,
      'ingest, content ids': load('content ids', million).cpuSeconds,
      'ingest, given ids, journal': load('journal', million).cpuSeconds,
    }),
  },
  'memory of the client, 1,000,000 URL inputs': {
    unit: 'MB',
    measure: () => {
      const { growthMb, secondHalfMb } = load('content ids', million);
      return { asked: 150, growth: growthMb, 'in the second half': secondHalfMb };
    },
  },
  'fill of the requests, 1,000,000 URL inputs': {
    unit: '%',
    measure: () => ({ asked: 99, reached: load('content ids', million).fillRate * 100 }),
  },
  'memory of the client, 10 GB of images, a budget of 256 MiB': {
    unit: 'MB',
    measure: () => {
      const { growthMb, secondHalfMb } = load('images', 10_000);
      return { asked: budgetMb + 100, growth: growthMb, 'in the second half': secondHalfMb };
    },
  },
  'inputs a second in one minute, a service that allows 15 requests a second': {
    unit: '/s',
    measure: () => ({ 'all that is allowed': 15 * 128, reached: load('pace').inputsPerSecond }),
  },
  'requests refused in that minute': {
    unit: '%',
    measure: () => ({ asked: 1, reached: load('pace').throttledShare * 100 }),
  },
};

export const rowNames = Object.keys(rows);

export function unit(name) {
  return rows[name].unit;
}

export async function measure(name) {
  return rows[name].measure();
}

function load(name, count = 0) {
  const script = join(import.meta.dirname, 'ingest-load.mjs');
  const args = ['--expose-gc', script, name, String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}
