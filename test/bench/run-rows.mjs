// One process of a profile, for profiles.mjs: [profile] [row ...], prints the medians as JSON.
import { measureRow } from './measure.mjs';
import { loadProfile } from './profiles.mjs';

const [name, ...rows] = process.argv.slice(2);
const profile = await loadProfile(name);
const results = [];
for (const row of rows) {
  const medians = await (profile.measure?.(row) ?? measureRow(await profile.row(row)));
  results.push({ row, unit: profile.unit?.(row) ?? 'us', medians });
}
// Clients that were compared may still hold connections.
process.stdout.write(JSON.stringify(results), () => process.exit());
