import { connect } from '../shell/connect';
import type { ExitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';
import { labelled } from './labelled';
import { load } from './load';
import { type Plan, planOf } from './plan';
import { createRehearsal } from './rehearsal';
import { sourceOf } from './source-of';

export async function ingest(given: Given, terminal: Terminal): Promise<ExitCode> {
  return carryOut(planOf(given, given.arguments[0]), given, terminal);
}

/** Does what is planned, or tries it. */
export async function carryOut(plan: Plan, given: Given, terminal: Terminal): Promise<ExitCode> {
  const { path, isRetry, labels, options } = plan;
  const counted = isRetry ? undefined : await sourceOf(path, given);
  const source = counted && labelled(counted.source, labels);
  const work = { source: source ?? { retryDeadLetters: path }, options, count: counted?.count };
  if (!given.flag('dryRun')) {
    await using clarifai = await connect(given, terminal);
    return await load({ ...work, clarifai }, given, terminal);
  }
  await using rehearsal = await createRehearsal();
  if (isRetry) await rehearsal.prepareFor(path);
  return await load(
    {
      ...work,
      clarifai: rehearsal.clarifai,
      ...(source !== undefined && { source: rehearsal.prepared(source) }),
      // Nothing is kept of it, and nothing waited for.
      options: { ...options, resume: undefined, deadLetters: undefined, requestsPerSecond: null },
    },
    given,
    terminal,
  );
}
