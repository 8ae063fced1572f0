import { join } from 'node:path';
import type { PeerRun, PeerRunOptions } from './run-peer';
import { peerModules, runPeer } from './run-peer';

interface MochaReport {
  readonly passes: readonly { readonly fullTitle: string }[];
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message?: string } }[];
}

export interface MochaRun extends PeerRun {
  readonly passes: number;
  /** Titles and messages of what failed. */
  readonly failures: readonly string[];
}

/** Runs a suite of Mocha's in a process of its own, with the packages of peers at hand. */
export async function runMocha(suite: string, { cwd, environment }: PeerRunOptions): Promise<MochaRun> {
  const mocha = join(peerModules, 'mocha/bin/mocha.js');
  const args = [suite, '--reporter', 'json', '--timeout', '30000', '--exit'];
  const run = await runPeer(mocha, args, { cwd, environment: { NODE_PATH: peerModules, ...environment } });
  // What the suite prints comes before the report.
  const start = run.stdout.search(/^\{\n {2}"stats"/m);
  if (start === -1) return { ...run, passes: 0, failures: [`No report: ${run.stdout}${run.stderr}`] };
  const { passes, failures } = JSON.parse(run.stdout.slice(start)) as MochaReport;
  return {
    ...run,
    passes: passes.length,
    failures: failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`),
  };
}
