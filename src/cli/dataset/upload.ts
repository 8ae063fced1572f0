import { AlreadyExistsError } from '../../index';
import { carryOut } from '../ingest/ingest';
import { planOf } from '../ingest/plan';
import { connect } from '../shell/connect';
import type { ExitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.PostInputs, and V2.PostDatasets with `--create` */
export async function uploadDataset(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [dataset = '', path] = given.arguments;
  const plan = planOf(given, path, [dataset, ...given.texts('dataset')]);
  if (given.flag('create') && !given.flag('dryRun')) await create(dataset, given, terminal);
  return carryOut(plan, given, terminal);
}

async function create(dataset: string, given: Given, terminal: Terminal): Promise<void> {
  await using clarifai = await connect(given, terminal);
  try {
    await clarifai.app().datasets.create(dataset);
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error;
  }
}
