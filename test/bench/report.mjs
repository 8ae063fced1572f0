import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { figures } from './figures.mjs';
import { candidatesOf, measuredProfiles, measureProfile, ratioOf, readMeasured, writeMeasured } from './measured.mjs';

const require = createRequire(import.meta.url);

/** Measures some profiles again, keeps what was measured of the others, and writes docs/performance.md. */
export async function writeReport(profiles = measuredProfiles) {
  const measured = readMeasured();
  for (const profile of profiles) {
    measured[profile] = await measureProfile(profile);
    writeMeasured(measured);
  }
  const text = [
    intro(),
    '## Figures to reach',
    '',
    table(measured),
    '',
    ...inTheWay(measured),
    ...profileSections(measured),
    rerun,
  ];
  writeFileSync(join(repositoryRoot, 'docs/performance.md'), `${text.join('\n')}\n`);
  const prettier = join(repositoryRoot, 'node_modules/prettier/bin/prettier.cjs');
  execFileSync(process.execPath, [prettier, '--write', 'docs/performance.md', 'test/bench/guard.json'], {
    cwd: repositoryRoot,
    stdio: 'ignore',
  });
}

function intro() {
  const version = (name) =>
    JSON.parse(readFileSync(join(repositoryRoot, `node_modules/${name}/package.json`), 'utf8')).version;
  const { dependencies } = require('../peers/package.json');
  const peers = Object.entries(dependencies).map(([name, number]) => `${name} ${number}`);
  const [cpu] = cpus();
  return `# Performance

What this client costs beside its peers and beside the floor. Read ratios: each is the median over seven processes in which all
candidates take turns, with the lowest and the highest. Written by \`npm run bench -- docs\`.

- Measured on ${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}.
- Against @grpc/grpc-js ${version('@grpc/grpc-js')}, clarifai-nodejs-grpc ${version('clarifai-nodejs-grpc')} and, from test/peers: ${peers.join(', ')}.
- The server is a process of its own on node:http2 that answers encoded bytes. The machine was shared with other work: each profile
  says how much.
- Times are CPU time of the client's process, garbage collection included. The spread says how far to trust a figure.
- Each client whose calls are measured has a process of its own; they take turns at one server.
- clarifai-nodejs is not among the clients: it dials api.clarifai.com over TLS only. Its calls go through clarifai-nodejs-grpc's
  dynamic stub. nice-grpc gets no deadline, which it has by a further package.
`;
}

function table(measured) {
  const lines = figures.map((figure) => {
    const { ratio, lowest, highest } = ratioOf(figure, measured);
    const wanted = figure.atMost === undefined ? `at least ${figure.atLeast}` : `at most ${figure.atMost}`;
    return `| ${figure.what} | ${wanted} | ${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)}) | ${isReached(figure, ratio) ? 'yes' : 'no'} |`;
  });
  return ['| what | to reach | measured | reached |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function isReached({ atMost = Infinity, atLeast = 0 }, ratio) {
  return ratio <= atMost && ratio >= atLeast;
}

function inTheWay(measured) {
  const short = figures.filter((figure) => !isReached(figure, ratioOf(figure, measured).ratio));
  if (short.length === 0) return [];
  const lines = short.map(({ what, inTheWay: reason }) => `- ${what}: ${reason}.`);
  return ['What stands in the way of those that fall short:', '', ...lines, ''];
}

function profileSections(measured) {
  return measuredProfiles.flatMap((profile) => {
    const { date, load, rows } = measured[profile];
    return [`## ${profile}`, '', `Measured on ${date}; load of the machine ${load}.`, '', ...rows.flatMap(rowTable)];
  });
}

function rowTable(row) {
  const lines = candidatesOf(row).map(({ candidate, median, ratio, lowest, highest }, index) => {
    const spread = index === 0 ? '1' : `${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
    return `| ${candidate} | ${median.toFixed(median < 100 ? 1 : 0)} | ${spread} |`;
  });
  return [
    `### ${row.row}`,
    '',
    `| candidate | median, ${row.unit} | over the first |`,
    '| --- | --- | --- |',
    ...lines,
    '',
  ];
}

const rerun = `## Again

\`\`\`bash
npm run bench -- unary      # one profile: codec, unary, upload, startup, memory, ingest, rtt ...
npm run bench -- unary --json --processes=11
npm run bench -- unary --profile    # CPU profiles into .cache/profiles
npm run bench -- guard      # fails when a figure is worse than when these were committed
npm run bench -- docs       # measures again and writes this file
npm run bench -- docs unary # measures one profile again; "guard unary" likewise
\`\`\``;
