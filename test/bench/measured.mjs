// What was measured when docs/performance.md was written: the values of every process, with the day and the load of the machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { figures } from './figures.mjs';
import { compare, loadProfile, runProfile } from './profiles.mjs';

const file = join(import.meta.dirname, 'guard.json');
const processes = 7;

/** Profiles that have figures. */
export const measuredProfiles = [...new Set(figures.map(({ profile }) => profile))];

/** @returns what is committed, by profile */
export function readMeasured() {
  return JSON.parse(readFileSync(file, 'utf8'));
}

export function writeMeasured(measured) {
  writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
}

/** Measures the rows of one profile that the report shows. */
export async function measureProfile(profile) {
  console.error(`bench: ${profile} ...`);
  const { rowNames } = await loadProfile(profile);
  const shown = figures.filter((figure) => figure.profile === profile).map(({ row }) => row);
  // Codecs are compared on more messages than there are figures for.
  const rows = profile === 'codec' ? [...new Set(shown)] : rowNames;
  const results = await runProfile(profile, rows, { processes });
  return {
    date: new Date().toISOString().slice(0, 10),
    load: `${loadavg()
      .map((average) => average.toFixed(1))
      .join(', ')} in the last 1, 5 and 15 minutes on ${cpus().length} processors`,
    rows: results.map(({ row, unit, candidates }) => ({
      row,
      unit,
      values: Object.fromEntries(
        candidates.map(({ candidate, values }) => [candidate, values.map((value) => Number(value.toPrecision(4)))]),
      ),
    })),
  };
}

/** The candidates of a row with their medians and ratios to the first. */
export function candidatesOf({ values }) {
  const names = Object.keys(values);
  const perProcess = values[names[0]].map((_, index) =>
    Object.fromEntries(names.map((name) => [name, values[name][index]])),
  );
  return names.map((name) => compare(name, perProcess));
}

/**
 * @returns the median of a figure's ratios, one a process, with the lowest and highest; `low` and `high` are those without the
 * one process at each end that the machine may have kept from its work
 */
export function ratioOf({ profile, row, numerator, denominator }, measured) {
  const { values } = measured[profile].rows.find((one) => one.row === row);
  const ratios = values[numerator].map((value, index) => value / values[denominator][index]).sort((a, b) => a - b);
  const [lowest, low] = ratios;
  return { ratio: ratios[ratios.length >> 1], lowest, low, high: ratios.at(-2), highest: ratios.at(-1) };
}
