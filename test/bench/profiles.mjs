// Runs the rows of a profile in several fresh processes, each of which runs a row's candidates in turns.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { medianOf } from './measure.mjs';

const suffix = '.profile.mjs';

export const profileNames = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

export function loadProfile(name) {
  return import(`./${name}${suffix}`);
}

/**
 * The rows with each candidate's median over the processes and its ratio to the first candidate, formed within each process.
 *
 * @param {string} name
 * @param {readonly string[]} rows
 * @param {{ processes?: number | undefined, cpuProfileFolder?: string | undefined }} [options]
 */
export async function runProfile(name, rows, { processes, cpuProfileFolder } = {}) {
  const profile = await loadProfile(name);
  await profile.prepare?.();
  const nodeArgs = cpuProfileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfileFolder}`];
  const args = ['--expose-gc', ...nodeArgs, join(import.meta.dirname, 'run-rows.mjs'), name, ...rows];
  const runs = Array.from({ length: processes ?? profile.processes ?? 5 }, () =>
    JSON.parse(
      execFileSync(process.execPath, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 1024 * 1024 * 64,
      }),
    ),
  );
  return runs[0].map(({ row, unit, medians }, index) => ({
    row,
    unit,
    processes: runs.length,
    candidates: Object.keys(medians).map((candidate) =>
      compare(
        candidate,
        runs.map((run) => run[index].medians),
      ),
    ),
  }));
}

/** A candidate's median and its ratio to the first, given each process's values by candidate. */
export function compare(candidate, perProcess) {
  const [first] = Object.keys(perProcess[0]);
  const ratios = perProcess.map((values) => values[candidate] / values[first]);
  return {
    candidate,
    values: perProcess.map((values) => values[candidate]),
    median: medianOf(perProcess.map((values) => values[candidate])),
    ratio: medianOf(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}
