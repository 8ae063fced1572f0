import type { Data, Input, OutputConfig } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Media } from './media';

/** What a model knows about the prediction beyond the input. */
export interface PredictContext {
  /** `PostModelOutputs`, `PostWorkflowResults`, `GenerateModelOutputs` or `StreamModelOutputs`. */
  readonly method: string;
  /** Place of the input in its request. */
  readonly index: number;
  /** `model.output_info.params` of the request. */
  readonly params: Readonly<Record<string, unknown>>;
  /** `model.output_info.output_config` of the request. */
  readonly outputConfig: DeepPartial<OutputConfig>;
  /** What the input's URL or bytes turned out to be. */
  readonly media: Media;
  /** Aborted when the client no longer wants the answer. */
  readonly signal: AbortSignal;
}

/**
 * A model: takes an input and gives the data of its output, or a sequence of them for the streaming RPCs. Concepts are
 * filtered and cut afterwards as the request's output config asks. An error it throws becomes the output's status: 25608
 * (RUNNER_PROCESSING_FAILED), or the status code in the error's own `statusCode`.
 */
export type ModelFunction = (
  input: Input,
  context: PredictContext,
) => DeepPartial<Data> | Promise<DeepPartial<Data>> | AsyncIterable<DeepPartial<Data>>;
