import { figures } from './figures.mjs';
import { measuredProfiles, measureProfile, ratioOf, readMeasured } from './measured.mjs';

/** How much worse the median of the ratios may be than that of the second worst process when they were committed. */
const tolerance = 0.1;

/** Measures the figures of some profiles again; whether none is worse than what was committed by more than the tolerance. */
export async function guard(profiles = measuredProfiles) {
  const committed = readMeasured();
  const worse = [];
  for (const profile of profiles) {
    const now = { [profile]: await measureProfile(profile) };
    for (const figure of figures.filter((one) => one.profile === profile)) {
      const { ratio } = ratioOf(figure, now);
      const before = ratioOf(figure, committed);
      const change = figure.atMost === undefined ? before.low / ratio : ratio / before.high;
      if (change > 1 + tolerance) worse.push(figure);
      const verdict = change > 1 + tolerance ? 'WORSE' : 'ok   ';
      console.log(`${verdict} ${ratio.toFixed(2)}, was ${before.ratio.toFixed(2)}: ${figure.what}`);
    }
  }
  console.log(worse.length === 0 ? 'No figure is worse.' : `${worse.length} worse by more than ${tolerance * 100} %.`);
  return worse.length === 0;
}
