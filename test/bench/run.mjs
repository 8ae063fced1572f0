// npm run bench -- [filter ...] [--json] [--processes=5] [--profile]
// npm run bench -- guard [profile ...]   compares with the committed ratios, and fails when one got worse
// npm run bench -- docs [profile ...]    writes docs/performance.md and what the guard compares with; --text measures nothing
//
// A profile is a file `name.profile.mjs` beside this one that exports rowNames, row(name) -> functions to compare, by name, and
// optionally prepare(). A profile that measures more than the time of functions exports measure(name) -> values by name in
// place of row, and optionally unit(name); `processes` is how many it runs in when not five. Runs the rows whose `profile row`
// name contains every filter. Each profile runs in several fresh processes; a process runs a row's candidates in turns, so that
// a busy moment hits them all alike. The table gives each candidate's median, and its ratio to the first candidate with the
// lowest and highest of the processes. --profile writes a CPU profile of each process into .cache/profiles.
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { guard } from './guard.mjs';
import { loadProfile, profileNames, runProfile } from './profiles.mjs';
import { writeReport } from './report.mjs';

const args = process.argv.slice(2);
const filters = args.filter((arg) => !arg.startsWith('--'));

const [command, ...named] = filters;
const profiles = named.length === 0 ? undefined : named;
if (command === 'guard') process.exitCode = (await guard(profiles)) ? 0 : 1;
else if (command === 'docs') await writeReport(args.includes('--text') ? [] : profiles);
else await runAll();

async function runAll() {
  const processes = args.find((arg) => arg.startsWith('--processes='))?.split('=')[1];
  const options = {
    processes: processes === undefined ? undefined : Number(processes),
    cpuProfileFolder: args.includes('--profile') ? join(repositoryRoot, '.cache/profiles') : undefined,
  };
  const results = [];
  for (const name of profileNames) {
    const { rowNames } = await loadProfile(name);
    const rows = rowNames.filter((row) => filters.every((filter) => `${name} ${row}`.includes(filter)));
    if (rows.length > 0) results.push({ profile: name, rows: await runProfile(name, rows, options) });
  }
  if (args.includes('--json')) console.log(JSON.stringify(results, null, 2));
  else for (const { profile, rows } of results) print(profile, rows);
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
      console.log(`    ${candidate.padEnd(30)}${median.toFixed(median < 100 ? 1 : 0).padStart(9)} ${unit}   ${spread}`);
    }
  }
}
