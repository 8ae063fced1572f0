import type { Workflow as WorkflowMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListWorkflowsRequest } from '../../generated/proto/clarifai/api/service';
import { assertObject } from '../base/assert';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import { isInApp } from '../operations/scope';
import { single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { assertWorkflowConfig, type WorkflowConfig } from './workflow-config';
import { toWorkflowNodes } from './workflow-nodes';

/** A workflow as the service describes it. */
export interface WorkflowInfo extends Plain<WorkflowMessage> {}

/** Which workflows to list, and in which order. */
export interface WorkflowFilter extends Omit<DeepPartial<ListWorkflowsRequest>, 'userAppId' | 'page' | 'perPage'> {
  /** Leaves out what the service lists besides the app's own, such as Clarifai's public workflows. @default true */
  readonly onlyInApp?: boolean | undefined;
}

/** The workflows of an app. */
export class Workflows {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /** Lists the app's workflows. RPC: V2.ListWorkflows. */
  list(filter: WorkflowFilter = {}, options: ListOptions = {}): Listing<WorkflowInfo> {
    assertObject(filter, 'filter');
    const { onlyInApp = true, ...asked } = filter;
    return listing<WorkflowMessage>(
      options,
      async (page, call) => {
        const request = { ...asked, userAppId: this.#context.userAppId, ...page };
        return (await this.#context.invoke('ListWorkflows', request, call)).workflows;
      },
      { keep: (workflow) => !onlyInApp || isInApp(workflow, this.#context.scope) },
    );
  }

  /**
   * Makes a workflow. A node's model without a version runs in its latest; a model with a type is made, or gets a new version,
   * when the app has none like it. RPC: V2.PostWorkflows, after V2.GetModel for every node and V2.PostModels and
   * V2.PostModelVersions for those that are made.
   *
   * @throws NotFoundError for a model that is not there and has no type; then nothing has been made
   * @throws InvalidRequestError for a workflow that is wrong, naming the node
   * @example
   * await app.workflows.create({
   *   id: 'detect-and-read',
   *   nodes: [
   *     { id: 'detector', model: { userId: 'clarifai', appId: 'main', modelId: 'general-image-detection' } },
   *     { id: 'reader', model: { modelId: 'reader' }, nodeInputs: ['detector'] },
   *   ],
   * });
   * @see parseWorkflowYaml for one in a YAML file
   */
  async create(workflow: WorkflowConfig, options: CallOptions = {}): Promise<WorkflowInfo> {
    assertWorkflowConfig(workflow);
    const { id, description, metadata } = workflow;
    const nodes = await toWorkflowNodes(this.#context, workflow, options);
    const about = { ...(description !== undefined && { description }), ...(metadata !== undefined && { metadata }) };
    const request = { userAppId: this.#context.userAppId, workflows: [{ id, ...about, nodes }] };
    return single((await this.#context.invoke('PostWorkflows', request, options)).workflows[0], 'PostWorkflows');
  }

  /**
   * Deletes workflows; their models stay. RPC: V2.DeleteWorkflows, with at most 128 ids a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(workflowIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(workflowIds, 'workflowIds', (ids) =>
      this.#context.invoke('DeleteWorkflows', { userAppId, ids }, options),
    );
  }
}
