import type { InputLike } from '../../../src/inputs/input-like';
import type { Lease, Source } from '../../../src/ingestion/source';

/** All that a source gives from a cursor on. */
export async function readAll(source: Source, after?: string): Promise<Lease[]> {
  const leases: Lease[] = [];
  for await (const lease of source.read({ after, signal: new AbortController().signal })) leases.push(lease);
  return leases;
}

/** The inputs, and in place of an error its message. */
export async function inputsOf(source: Source, after?: string): Promise<(InputLike | string)[]> {
  const leases = await readAll(source, after);
  return leases.map(({ input }) => (input instanceof Error ? input.message : input));
}

/** Holds that a source which goes on after any of its items gives just those that followed. */
export async function expectToResumeAnywhere(source: Source): Promise<void> {
  const all = await readAll(source);
  for (const [index, { cursor }] of all.entries()) {
    expect(await readAll(source, cursor)).toEqual(all.slice(index + 1));
  }
}
