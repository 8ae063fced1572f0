import type { SearchHit, SearchQuery } from '../../index';
import { connect } from '../shell/connect';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
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
  const hits = saved === undefined ? clarifai.search(query) : upTo(query.topK ?? Infinity, searches.run(saved));
  const found = await print.list(hits, toCells);
  if (found === 0) print.note('Nothing was found.');
  return exitCode.ok;
}

function isAsking({ ranks = [], filters = [] }: SearchQuery): boolean {
  return ranks.length + filters.length > 0;
}

async function* upTo<Item>(count: number, items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  let left = count;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}

function toCells({ score, input }: SearchHit): Cells {
  const { image, video, audio, text, concepts = [] } = input?.data ?? {};
  const medium = image ?? video ?? audio ?? text;
  return {
    score: Number(score.toFixed(4)),
    id: input?.id ?? '',
    concepts: concepts.map(({ id }) => id).join(','),
    medium: medium === text && text !== undefined ? text.raw || text.url : (medium?.url ?? ''),
  };
}
