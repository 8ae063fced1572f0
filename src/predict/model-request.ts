import type { Input } from '../../generated/proto/clarifai/api/resources';
import type { PostModelOutputsRequest } from '../../generated/proto/clarifai/api/service';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { type ModelRef, resolveRef } from '../operations/resource-ref';
import type { Scope } from '../operations/scope';
import type { DeepPartial } from '../wire/codec';
import { type ComputeSelector, toRunnerSelector } from './compute-selector';
import { type OutputConfigLike, toOutputConfig } from './output-config';

/** Which model is asked, and how, whatever the inputs. */
export interface ModelAsk {
  /** The model: its id in the client's app, or a clarifai.com URL, with a version if wanted. */
  readonly model: ModelRef;
  /** Which concepts come back, and how many. @default the service decides */
  readonly outputConfig?: OutputConfigLike | undefined;
  /** Parameters of the model's own, such as `{ temperature: 0.2 }` of a language model. */
  readonly inferenceParams?: JsonObject | undefined;
  /** Machines of the user's own that the model is to run on. @default the service decides */
  readonly compute?: ComputeSelector | undefined;
}

export const modelAskNames: readonly (keyof ModelAsk)[] = ['model', 'outputConfig', 'inferenceParams', 'compute'];

/** Makes a request about some inputs. */
export type ToModelRequest = (inputs: readonly DeepPartial<Input>[]) => DeepPartial<PostModelOutputsRequest>;

/** How each request of one ask is made. @throws InvalidRequestError for an option that is wrong, naming it and its value */
export function createToModelRequest(
  { model, outputConfig, inferenceParams, compute }: ModelAsk,
  scope: Scope,
): ToModelRequest {
  const runnerSelector = compute === undefined ? undefined : toRunnerSelector(compute, scope);
  const { id: modelId, versionId, userAppId } = resolveRef(model, 'model', scope);
  if (inferenceParams !== undefined) assertJsonObject(inferenceParams, 'inferenceParams');
  const outputInfo = (outputConfig !== undefined || inferenceParams !== undefined) && {
    outputConfig: outputConfig === undefined ? undefined : toOutputConfig(outputConfig),
    params: inferenceParams,
  };
  const configured = outputInfo ? { modelVersion: { outputInfo } } : undefined;
  return (inputs) => ({ userAppId, modelId, versionId, inputs, runnerSelector, model: configured });
}
