import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figures, ratioOf, runFigures } from './figures.mjs';

/** How much worse a ratio may be than the committed one: figures of a busy machine differ by that much. */
const tolerance = 0.2;

export const guardFile = join(import.meta.dirname, 'guard.json');

/** Measures the figures again; whether none of them is worse than the committed one by more than the tolerance. */
export async function guard() {
  const committed = JSON.parse(readFileSync(guardFile, 'utf8'));
  const results = await runFigures();
  const worse = figures.filter((figure) => {
    const { ratio } = ratioOf(figure, results);
    const before = committed[figure.what];
    const change = figure.atMost === undefined ? before / ratio : ratio / before;
    const isWorse = change > 1 + tolerance;
    console.log(`${isWorse ? 'WORSE' : 'ok   '} ${ratio.toFixed(2)}, was ${before.toFixed(2)}: ${figure.what}`);
    return isWorse;
  });
  console.log(worse.length === 0 ? 'No figure is worse.' : `${worse.length} worse by more than ${tolerance * 100} %.`);
  return worse.length === 0;
}
