import type { Clarifai, Input } from '../../index';
import type { Given } from '../shell/given';

const kinds = ['image', 'video', 'audio', 'text'] as const;

/** The inputs that `--dataset` and `--kind` leave. */
export function filtered(clarifai: Clarifai, given: Given): AsyncIterable<Input> {
  const kind = kinds.find((name) => name === given.text('kind'));
  return clarifai.inputs.list({ datasetId: given.text('dataset'), kind });
}
