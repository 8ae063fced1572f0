import { invalidArgument } from '../base/assert';
import { DeadlineExceededError } from '../base/errors';
import { toClarifaiError } from '../base/to-clarifai-error';
import type { InputsLike } from '../inputs/input-like';
import type { Outcome } from '../operations/outcome';
import { ingest, type IngestContext } from './ingest';
import type { IngestOptions } from './ingest-options';
import type { IngestionOutcome, Input } from './outcome';

/** RPC: V2.PostInputs. See `Clarifai.postInputs`. */
export async function postInputs(
  context: IngestContext,
  inputs: InputsLike,
  options: IngestOptions,
): Promise<Outcome<Input>[]> {
  const outcomes: Outcome<Input>[] = [];
  const run = ingest(context, inputs, { ids: 'random', ...options }, { patience: 'call' });
  try {
    for await (const outcome of run) outcomes[outcome.index] = toOutcome(outcome);
  } catch (error) {
    // Out of time: the inputs that were added are told of, as long as every input has its outcome.
    if (!run.hasReadAll || !(error instanceof DeadlineExceededError)) throw error;
  }
  if (outcomes.length === 0) throw invalidArgument('inputs', 'at least one input', []);
  return outcomes;
}

function toOutcome(outcome: IngestionOutcome): Outcome<Input> {
  const { index, id } = outcome;
  switch (outcome.kind) {
    case 'accepted':
    case 'confirmed':
      return { index, id, ok: true, value: outcome.input };
    case 'already-existed':
    case 'rejected':
    case 'dead-lettered':
      return { index, id, ok: false, error: outcome.error };
    case 'unsent':
      return { index, id, ok: false, error: toClarifaiError(outcome.reason, { method: 'PostInputs' }) };
  }
}
