import type { SearchHit, SearchQuery } from '../../index';
import { toCells as toInputCells } from '../inputs/input-cells';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { firstOf } from '../shell/first-of';
import { type Cells, Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { queryOf } from './query';

/** RPC: V2.PostInputsSearches, or V2.PostSearchesByID for a saved one */
export async function search(given: Given, terminal: Terminal): Promise<ExitCode> {
  const query = await queryOf(given);
  const saved = given.text('saved');
  if (saved !== undefined && isAsking(query)) throw new UsageError('Expected --saved without other terms');
  if (saved !== undefined && given.flag('count')) throw new UsageError('Expected --count without --saved');
  const print = new Print(given, terminal);
  await using clarifai = await connect(given, terminal);
  const { searches } = clarifai.app();
  if (given.flag('count')) {
    const count = await searches.count(query);
    await print.item({ count }, () => String(count));
    return exitCode.ok;
  }
  const hits = saved === undefined ? clarifai.search(query) : firstOf(searches.run(saved), query.topK ?? undefined);
  const found = await print.list(hits, toCells);
  if (found === 0) print.note('Nothing was found.');
  return exitCode.ok;
}

function isAsking({ ranks = [], filters = [] }: SearchQuery): boolean {
  return ranks.length + filters.length > 0;
}

function toCells({ score, input }: SearchHit): Cells {
  const { id, concepts, medium } = input === undefined ? {} : toInputCells(input);
  return { score: Number(score.toFixed(4)), id, concepts, medium };
}
