import { isDeepStrictEqual } from 'node:util';
import type { Model, WorkflowNode } from '../../generated/proto/clarifai/api/resources';
import { invalidRequest } from '../base/assert';
import { ClarifaiError, NotFoundError } from '../base/errors';
import { type Scope, toUserAppId } from '../operations/scope';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { trainableModelTypes } from './trainable-model-types';
import type { WorkflowConfig, WorkflowModelConfig, WorkflowNodeConfig } from './workflow-config';

/** Finds the model version of every node, making models and versions that are not there; nothing is made before all is known to be possible. */
export async function toWorkflowNodes(
  context: ScopedContext,
  { nodes }: WorkflowConfig,
  call: CallOptions,
): Promise<readonly DeepPartial<WorkflowNode>[]> {
  const models = new WorkflowModels(context, call);
  const found: Found[] = [];
  for (const node of nodes) found.push(await models.find(node));
  const ready: DeepPartial<WorkflowNode>[] = [];
  for (const one of found) ready.push(toNode(one.node, await models.make(one)));
  return ready;
}

/** A node, and its model as the service has it. */
interface Found {
  readonly node: WorkflowNodeConfig;
  readonly scope: Scope;
  readonly model: Model | undefined;
}

class WorkflowModels {
  readonly #context: ScopedContext;
  readonly #call: CallOptions;

  constructor(context: ScopedContext, call: CallOptions) {
    this.#context = context;
    this.#call = call;
  }

  /** @throws InvalidRequestError for a model that would have to be trained first */
  async find(node: WorkflowNodeConfig): Promise<Found> {
    const own = this.#context.scope;
    const { modelId, modelVersionId, modelTypeId, userId = own.userId, appId = own.appId } = node.model;
    const scope = { userId, appId };
    const versionId = modelVersionId === undefined ? {} : { versionId: modelVersionId };
    const request = { userAppId: toUserAppId(scope), modelId, ...versionId };
    const model = await this.#context.invoke('GetModel', request, this.#call).then(
      (answer) => answer.model,
      (error: unknown) => {
        if (modelTypeId !== undefined && isMissingModel(error)) return undefined;
        throw error;
      },
    );
    const found = { node, scope, model };
    const type = model?.modelTypeId ?? modelTypeId ?? '';
    if (trainableModelTypes.includes(type) && !isReady(found)) {
      throw invalidRequest(
        `The model \`${modelId}\` of node \`${node.id}\` is a ${type}: make it and train it, then build the workflow`,
      );
    }
    return found;
  }

  /** The ids of the model's version that the node is to run. */
  async make(found: Found): Promise<DeepPartial<Model>> {
    const { node, scope, model } = found;
    const { modelId, modelTypeId, description, outputInfo } = node.model;
    const ids = { id: modelId, ...scope };
    if (model !== undefined && isReady(found)) return { ...ids, modelVersion: { id: model.modelVersion?.id } };
    const userAppId = toUserAppId(scope);
    if (model === undefined) {
      const models = [{ id: modelId, modelTypeId, ...(description !== undefined && { description }) }];
      await this.#context.invoke('PostModels', { userAppId, models }, this.#call);
    }
    const request = { userAppId, modelId, modelVersions: [{ outputInfo }] };
    const answer = await this.#context.invoke('PostModelVersions', request, this.#call);
    return { ...ids, modelVersion: { id: answer.model?.modelVersion?.id } };
  }
}

/** Whether the service's model is the one that was written down. */
function isReady({ node: { model: wanted }, model }: Found): boolean {
  if (model?.modelVersion === undefined) return false;
  if (wanted.modelTypeId === undefined) return true;
  return hasAll(model.modelVersion.outputInfo, wanted.outputInfo);
}

/** Whether everything that is wanted is there, and equal. */
function hasAll(actual: unknown, wanted: WorkflowModelConfig['outputInfo']): boolean {
  return Object.entries(wanted ?? {}).every(([field, value]) => {
    const own: unknown = (actual as Readonly<Record<string, unknown>> | undefined)?.[field];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return isDeepStrictEqual(own, value);
    return hasAll(own, value as WorkflowModelConfig['outputInfo']);
  });
}

function isMissingModel(error: unknown): boolean {
  return error instanceof ClarifaiError && error instanceof NotFoundError;
}

function toNode(node: WorkflowNodeConfig, model: DeepPartial<Model>): DeepPartial<WorkflowNode> {
  const { id, nodeInputs, suppressOutput, outputInfoOverride } = node;
  return {
    id,
    model,
    ...(nodeInputs !== undefined && { nodeInputs: nodeInputs.map((nodeId) => ({ nodeId })) }),
    ...(suppressOutput !== undefined && { suppressOutput }),
    ...(outputInfoOverride !== undefined && { outputInfoOverride }),
  };
}
