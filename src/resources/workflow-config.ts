import type { OutputInfo, Workflow, WorkflowNode } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertObject, assertString, invalidArgument } from '../base/assert';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import type { DeepPartial } from '../wire/codec';

/** A workflow as it is written down: which models it runs, and in which order. */
export interface WorkflowConfig {
  /** Letters, digits, `-` and `_`; at most 48. */
  readonly id: string;
  /** What it is for. @default '' */
  readonly description?: string | undefined;
  /** Any JSON object. @default none */
  readonly metadata?: JsonObject | undefined;
  /** In an order in which every node comes after its inputs. */
  readonly nodes: readonly WorkflowNodeConfig[];
}

/** One step of a workflow: a model, and what it takes. */
export interface WorkflowNodeConfig {
  /** Its id within the workflow. */
  readonly id: string;
  /** The model that it asks. */
  readonly model: WorkflowModelConfig;
  /** Ids of nodes whose outputs this one takes. @default the workflow's own input */
  readonly nodeInputs?: readonly string[] | undefined;
  /** Leaves the node's output out of the results. @default false */
  readonly suppressOutput?: boolean | undefined;
  /** What is different of the model's output in this workflow. */
  readonly outputInfoOverride?: DeepPartial<OutputInfo> | undefined;
}

/** A model that is there; or, with `modelTypeId`, one that is made when it is not there, or is another. */
export interface WorkflowModelConfig {
  /** The model's id. */
  readonly modelId: string;
  /** @default the latest version */
  readonly modelVersionId?: string | undefined;
  /** @default the app's */
  readonly userId?: string | undefined;
  /** App of the model. @default the workflow's */
  readonly appId?: string | undefined;
  /** Type of the model, for one that may have to be made. Types that are trained cannot be. */
  readonly modelTypeId?: string | undefined;
  /** Description, for one that may have to be made. */
  readonly description?: string | undefined;
  /** How it answers, for one that may have to be made. */
  readonly outputInfo?: DeepPartial<OutputInfo> | undefined;
}

const workflowFields = ['id', 'description', 'metadata', 'nodes'] as const satisfies readonly (keyof WorkflowConfig)[];
const nodeFields = [
  'id',
  'model',
  'nodeInputs',
  'suppressOutput',
  'outputInfoOverride',
] as const satisfies readonly (keyof WorkflowNodeConfig)[];
const modelFields = [
  'modelId',
  'modelVersionId',
  'userId',
  'appId',
  'modelTypeId',
  'description',
  'outputInfo',
] as const satisfies readonly (keyof WorkflowModelConfig)[];

const idPattern = /^[0-9A-Za-z]+([-_][0-9A-Za-z]+)*$/;
const maxIdLength = 48;

/** @throws InvalidRequestError naming the argument and the value */
export function assertWorkflowConfig(config: WorkflowConfig, name = 'workflow'): void {
  assertObject(config, name, workflowFields);
  assertWorkflowId(config.id, `${name}.id`);
  if (config.description !== undefined) assertString(config.description, `${name}.description`);
  if (config.metadata !== undefined) assertJsonObject(config.metadata, `${name}.metadata`);
  assertArray(config.nodes, `${name}.nodes`, 'an array of nodes');
  if (config.nodes.length === 0) throw invalidArgument(`${name}.nodes`, 'at least one node', config.nodes);
  const before = new Set<string>();
  config.nodes.forEach((node, index) => {
    assertNode(node, `${name}.nodes[${index}]`, before);
    before.add(node.id);
  });
}

function assertNode(node: WorkflowNodeConfig, name: string, before: ReadonlySet<string>): void {
  assertObject(node, name, nodeFields);
  assertWorkflowId(node.id, `${name}.id`);
  if (before.has(node.id)) throw invalidArgument(`${name}.id`, 'an id that no other node has', node.id);
  const { nodeInputs = [] } = node;
  assertArray(nodeInputs, `${name}.nodeInputs`, 'an array of ids of nodes');
  nodeInputs.forEach((input, index) => {
    if (before.has(input)) return;
    throw invalidArgument(`${name}.nodeInputs[${index}]`, 'the id of a node that stands before this one', input);
  });
  assertModel(node.model, `${name}.model`);
}

function assertModel(model: WorkflowModelConfig, name: string): void {
  assertObject(model, name, modelFields);
  assertString(model.modelId, `${name}.modelId`, { nonEmpty: true });
  for (const field of ['modelVersionId', 'userId', 'appId', 'modelTypeId'] as const) {
    if (model[field] !== undefined) assertString(model[field], `${name}.${field}`, { nonEmpty: true });
  }
  if (model.modelVersionId !== undefined && model.modelTypeId !== undefined) {
    throw invalidArgument(
      name,
      'either a version that is there or a model to be made',
      'modelVersionId and modelTypeId',
    );
  }
}

function assertWorkflowId(id: unknown, name: string): void {
  if (typeof id === 'string' && id.length <= maxIdLength && idPattern.test(id)) return;
  throw invalidArgument(name, `an id of at most ${maxIdLength} letters and digits, joined by - or _`, id);
}

/** Writes down a workflow that the service has. */
export function toWorkflowConfig({
  id,
  description,
  metadata,
  nodes,
}: Pick<Workflow, 'id' | 'description' | 'metadata' | 'nodes'>): WorkflowConfig {
  return {
    id,
    ...(description !== '' && { description }),
    ...(metadata !== undefined && Object.keys(metadata).length > 0 && { metadata }),
    nodes: nodes.map(toNodeConfig),
  };
}

function toNodeConfig({ id, model, nodeInputs, suppressOutput, outputInfoOverride }: WorkflowNode): WorkflowNodeConfig {
  const versionId = model?.modelVersion?.id ?? '';
  return {
    id,
    model: {
      modelId: model?.id ?? '',
      ...(versionId !== '' && { modelVersionId: versionId }),
      ...(model !== undefined && model.userId !== '' && { userId: model.userId }),
      ...(model !== undefined && model.appId !== '' && { appId: model.appId }),
    },
    ...(nodeInputs.length > 0 && { nodeInputs: nodeInputs.map(({ nodeId }) => nodeId) }),
    ...(suppressOutput && { suppressOutput }),
    ...(outputInfoOverride !== undefined && { outputInfoOverride }),
  };
}
