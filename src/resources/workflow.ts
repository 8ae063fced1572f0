import type { WorkflowVersion as WorkflowVersionMessage } from '../../generated/proto/clarifai/api/resources';
import { assertObject } from '../base/assert';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { ResolvedRef } from '../operations/resource-ref';
import { present, single } from '../operations/single';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { postWorkflowResults, type WorkflowResult, type WorkflowResultsParams } from '../predict/workflow-results';
import { type ResourceContext, type ScopedContext, withScope } from './context';
import { type PatchOptions, readPatchOptions } from './patch';
import { toWorkflowConfig, type WorkflowConfig } from './workflow-config';
import type { WorkflowInfo } from './workflows';

/** A version of a workflow as the service describes it. */
export interface WorkflowVersionInfo extends Plain<WorkflowVersionMessage> {}

/** What can be changed of a workflow. */
export type WorkflowPatch = Partial<
  Pick<WorkflowInfo, 'description' | 'notes' | 'metadata' | 'visibility' | 'useCases'>
>;

/** A workflow. Making the handle asks nothing of the service. */
export class Workflow {
  /** The workflow's id. */
  readonly id: string;
  /** The version that runs; `undefined` is the latest. */
  readonly versionId: string | undefined;
  readonly #context: ScopedContext;

  constructor(context: ResourceContext, { id, versionId, scope }: ResolvedRef) {
    this.id = id;
    this.versionId = versionId;
    this.#context = withScope(context, scope);
  }

  /**
   * Reads what the service says of the workflow. RPC: V2.GetWorkflow.
   *
   * @throws NotFoundError when the app has no such workflow
   */
  async get(options: CallOptions = {}): Promise<WorkflowInfo> {
    const request = { userAppId: this.#context.userAppId, workflowId: this.id };
    return single((await this.#context.invoke('GetWorkflow', request, options)).workflow, 'GetWorkflow');
  }

  /**
   * Changes the workflow; fields that are not given stay. RPC: V2.PatchWorkflows.
   *
   * @param options `action` is `'overwrite'` by default
   */
  async patch(fields: WorkflowPatch, options: PatchOptions = {}): Promise<WorkflowInfo> {
    const { action, ...call } = readPatchOptions(options, 'overwrite');
    assertObject(fields, 'fields');
    const request = { userAppId: this.#context.userAppId, workflows: [{ ...fields, id: this.id }], action };
    return single((await this.#context.invoke('PatchWorkflows', request, call)).workflows[0], 'PatchWorkflows');
  }

  /**
   * Runs the workflow on any number of inputs. See `Clarifai.postWorkflowResults`. RPC: V2.PostWorkflowResults.
   *
   * @example
   * const [outcome] = await app.workflow('detect-and-read').predict({ inputs: [{ file: 'sign.jpg' }] });
   */
  predict(
    params: Omit<WorkflowResultsParams, 'workflow'>,
    options: CallOptions = {},
  ): Promise<Outcome<WorkflowResult>[]> {
    const { id, versionId } = this;
    const workflow = versionId === undefined ? { id } : { id, versionId };
    return postWorkflowResults(this.#context, this.#context.scope, { ...params, workflow }, options);
  }

  /** Lists the workflow's versions, the latest first. RPC: V2.ListWorkflowVersions. */
  listVersions(options: ListOptions = {}): Listing<WorkflowVersionInfo> {
    return listing<WorkflowVersionMessage>(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, workflowId: this.id, ...page };
      return (await this.#context.invoke('ListWorkflowVersions', request, call)).workflowVersions;
    });
  }

  /**
   * Writes the workflow down, so that `workflows.create` makes the same again, in another app for instance. RPC:
   * V2.GetWorkflow, or V2.GetWorkflowVersion for a handle with a version.
   *
   * @see formatWorkflowYaml for YAML
   */
  async export(options: CallOptions = {}): Promise<WorkflowConfig> {
    const { userAppId } = this.#context;
    const request = { userAppId, workflowId: this.id };
    if (this.versionId === undefined) {
      const { workflow } = await this.#context.invoke('GetWorkflow', request, options);
      return toWorkflowConfig(present(workflow, 'GetWorkflow'));
    }
    const ofVersion = { ...request, workflowVersionId: this.versionId };
    const { workflowVersion } = await this.#context.invoke('GetWorkflowVersion', ofVersion, options);
    const { nodes, description, metadata } = present(workflowVersion, 'GetWorkflowVersion');
    return toWorkflowConfig({ id: this.id, nodes, description, metadata });
  }
}
