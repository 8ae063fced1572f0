import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { toCells } from './input-cells';

/** RPC: V2.GetInput */
export async function getInput(given: Given, terminal: Terminal): Promise<ExitCode> {
  await using clarifai = await connect(given, terminal);
  const input = await clarifai.inputs.get(given.argument(0));
  const { metadata, geo } = input.data ?? {};
  await new Print(given, terminal).record(input, {
    ...toCells(input),
    datasets: input.datasetIds.join(', ') || undefined,
    metadata: metadata && JSON.stringify(metadata),
    geo: geo?.geoPoint && `${geo.geoPoint.latitude}, ${geo.geoPoint.longitude}`,
  });
  return exitCode.ok;
}
