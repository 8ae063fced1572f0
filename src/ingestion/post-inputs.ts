import { randomId } from '../base/ids';
import { invalidArgument } from '../base/assert';
import { toClarifaiError } from '../base/to-clarifai-error';
import type { InputsLike } from '../inputs/input-like';
import type { Outcome } from '../operations/outcome';
import { ingest, type IngestContext, type IngestOptions } from './ingest';
import type { IngestionOutcome, Input } from './outcome';

/** RPC: V2.PostInputs. See `Clarifai.postInputs`. */
export async function postInputs(
  context: Omit<IngestContext, 'makeId'>,
  inputs: InputsLike,
  options: IngestOptions,
): Promise<Outcome<Input>[]> {
  const outcomes: Outcome<Input>[] = [];
  for await (const outcome of ingest({ ...context, makeId: () => randomId() }, inputs, options)) {
    outcomes[outcome.index] = toOutcome(outcome);
  }
  if (outcomes.length === 0) throw invalidArgument('inputs', 'at least one input', []);
  return outcomes;
}

function toOutcome(outcome: IngestionOutcome): Outcome<Input> {
  const { index, id } = outcome;
  switch (outcome.kind) {
    case 'accepted':
      return { index, id, ok: true, value: outcome.input };
    case 'already-existed':
    case 'rejected':
      return { index, id, ok: false, error: outcome.error };
    case 'unsent':
      return { index, id, ok: false, error: toClarifaiError(outcome.reason, { method: 'PostInputs' }) };
  }
}
