// npm run bench -- [filter ...] [--json] [--processes=5]
//
// A profile is a file `name.profile.mjs` beside this one that exports rowNames, row(name) -> functions to compare, by name, and
// optionally prepare(). A profile that measures more than the time of functions exports measure(name) -> values by name in
// place of row, and optionally unit(name); `processes` is how many it runs in when not five. Runs the rows whose `profile row` name contains every filter. Each profile runs in
// several fresh processes; a process runs a row's candidates in turns, so that a busy moment hits them all alike.
// The table gives each candidate's median, and its ratio to the first candidate with the lowest and highest of the processes.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { medianOf, measureRow } from './measure.mjs';

const profiles = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.profile.mjs'));
const args = process.argv.slice(2);
const flag = (name) => args.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))?.split('=')[1];
const filters = args.filter((arg) => !arg.startsWith('--'));

if (flag('child') !== undefined) await runChild(flag('child'));
else await runAll();

async function runAll() {
  const results = [];
  for (const file of profiles) {
    const name = file.replace('.profile.mjs', '');
    const profile = await import(`./${file}`);
    const rows = profile.rowNames.filter((row) => filters.every((filter) => `${name} ${row}`.includes(filter)));
    if (rows.length === 0) continue;
    await profile.prepare?.();
    results.push({ profile: name, rows: merge(runProcesses(name, rows, profile.processes ?? 5)) });
  }
  if (args.includes('--json')) console.log(JSON.stringify(results, null, 2));
  else for (const { profile, rows } of results) print(profile, rows);
}

function runProcesses(profile, rows, processes) {
  return Array.from({ length: Number(flag('processes') ?? processes) }, () =>
    JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', import.meta.filename, `--child=${profile}`, ...rows], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 1024 * 1024 * 64,
      }),
    ),
  );
}

async function runChild(name) {
  const profile = await import(`./${name}.profile.mjs`);
  const results = [];
  for (const row of filters) {
    const medians = await (profile.measure?.(row) ?? measureRow(await profile.row(row)));
    results.push({ row, unit: profile.unit?.(row) ?? 'us', medians });
  }
  // Clients that were compared may still hold connections.
  process.stdout.write(JSON.stringify(results), () => process.exit());
}

/** Medians over the processes, and ratios to the first candidate, formed within each process. */
function merge(runs) {
  return runs[0].map(({ row, unit, medians }, index) => {
    const perProcess = runs.map((run) => run[index].medians);
    const [first] = Object.keys(medians);
    const candidates = Object.keys(medians).map((candidate) => {
      const ratios = perProcess.map((values) => values[candidate] / values[first]);
      return {
        candidate,
        median: medianOf(perProcess.map((values) => values[candidate])),
        ratio: medianOf(ratios),
        lowest: Math.min(...ratios),
        highest: Math.max(...ratios),
      };
    });
    return { row, unit, candidates };
  });
}

function print(profile, rows) {
  console.log(`\n${profile}`);
  for (const { row, unit, candidates } of rows) {
    console.log(`  ${row}`);
    for (const { candidate, median, ratio, lowest, highest } of candidates) {
      const spread =
        candidate === candidates[0].candidate
          ? ''
          : `x ${ratio.toFixed(2)}  (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
      console.log(`    ${candidate.padEnd(26)}${median.toFixed(median < 100 ? 1 : 0).padStart(9)} ${unit}   ${spread}`);
    }
  }
}
