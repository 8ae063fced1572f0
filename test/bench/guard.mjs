import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figures, ratioOf, runFigures } from './figures.mjs';

/** How much worse the median of the ratios may be than that of the worst process when they were committed. */
const tolerance = 0.1;

export const guardFile = join(import.meta.dirname, 'guard.json');

/** Measures the figures again; whether none of them is worse than what was committed by more than the tolerance. */
export async function guard() {
  const committed = JSON.parse(readFileSync(guardFile, 'utf8'));
  const results = await runFigures();
  const worse = figures.filter((figure) => {
    const { ratio } = ratioOf(figure, results);
    const before = committed[figure.what];
    const change = figure.atMost === undefined ? before.worst / ratio : ratio / before.worst;
    const isWorse = change > 1 + tolerance;
    console.log(`${isWorse ? 'WORSE' : 'ok   '} ${ratio.toFixed(2)}, was ${before.ratio.toFixed(2)}: ${figure.what}`);
    return isWorse;
  });
  console.log(worse.length === 0 ? 'No figure is worse.' : `${worse.length} worse by more than ${tolerance * 100} %.`);
  return worse.length === 0;
}
