import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.ListDatasetVersions, and V2.PostDatasetVersions with `--create` */
export async function datasetVersions(given: Given, terminal: Terminal): Promise<ExitCode> {
  const description = given.text('description');
  await using clarifai = await connect(given, terminal);
  const { versions } = clarifai.dataset(given.argument(0));
  if (given.flag('create')) {
    const { id } = await versions.create({ ...(description !== undefined && { description }) });
    await versions.wait(id);
  }
  await new Print(given, terminal).list(versions.list(), ({ id, status, createdAt, description: about }) => ({
    id,
    state: status?.description,
    created: createdAt,
    description: about,
  }));
  return exitCode.ok;
}
