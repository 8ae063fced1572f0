import type { WorkflowResult as WorkflowResultMessage } from '../../generated/proto/clarifai/api/resources';
import type { PostWorkflowResultsResponse } from '../../generated/proto/clarifai/api/service';
import { assertObject, assertString } from '../base/assert';
import type { InputsLike } from '../inputs/input-like';
import type { Clock } from '../base/clock';
import { withDeadline } from '../operations/with-deadline';
import type { Invoke } from '../operations/invoker';
import type { Outcome } from '../operations/outcome';
import type { Scope } from '../operations/scope';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import { resolveCallOptions } from '../options/resolve-call-options';
import { resolveRef, type WorkflowRef } from '../operations/resource-ref';
import { type OutputConfigLike, toOutputConfig } from './output-config';
import { predictAllInputs, predictInputs, type PredictInputsParams } from './predict-inputs';

/** What a workflow answered about one input: one output a node, in the order of the nodes. */
export interface WorkflowResult extends Plain<WorkflowResultMessage> {}

/** What to run which workflow on. */
export interface WorkflowResultsParams {
  /** The workflow: its id in the client's app, or a clarifai.com URL, with a version if wanted. */
  readonly workflow: WorkflowRef;
  /** What it runs on, any number: URLs, bytes, files, texts. */
  readonly inputs: InputsLike;
  /** Applies to the last node. */
  readonly outputConfig?: OutputConfigLike | undefined;
  /**
   * Id of the state that the workflow goes on from, `'init'` for a new one. The inputs must fit one request then.
   */
  readonly workflowState?: string | undefined;
  /**
   * Called with the id of the state that the service kept, to go on from in the next call within five minutes.
   */
  readonly onWorkflowState?: ((id: string) => void) | undefined;
  /** Inputs a request, at most 128. @default 32, as Clarifai's own clients: every node runs for every input */
  readonly chunkSize?: number | undefined;
  /** Requests in flight. @default 4 */
  readonly concurrency?: number | undefined;
}

/** Inputs in one PostWorkflowResults request. */
const defaultWorkflowChunkSize = 32;

const partial = { items: 'results' };
const paramNames = [
  'workflow',
  'inputs',
  'outputConfig',
  'workflowState',
  'onWorkflowState',
  'chunkSize',
  'concurrency',
];

/** RPC: V2.PostWorkflowResults. See `Clarifai.iterateWorkflowResults`. */
export function iterateWorkflowResults(
  invoke: Invoke,
  scope: Scope,
  params: WorkflowResultsParams,
  options: CallOptions,
): AsyncGenerator<Outcome<WorkflowResult>, void, undefined> {
  return predictInputs(toPrediction(invoke, scope, params, options));
}

/** As `iterateWorkflowResults`, and all at once; a `timeoutMs` bounds all requests together. See `Clarifai.postWorkflowResults`. */
export function postWorkflowResults(
  { invoke, clock }: { readonly invoke: Invoke; readonly clock: Clock },
  scope: Scope,
  params: WorkflowResultsParams,
  options: CallOptions,
): Promise<Outcome<WorkflowResult>[]> {
  return predictAllInputs(() => toPrediction(withDeadline(invoke, options, clock), scope, params, options));
}

function toPrediction(
  invoke: Invoke,
  scope: Scope,
  params: WorkflowResultsParams,
  options: CallOptions,
): PredictInputsParams<WorkflowResultMessage, PostWorkflowResultsResponse> {
  assertObject(params, 'params', paramNames);
  resolveCallOptions(undefined, options);
  const { workflow, inputs, outputConfig, workflowState, onWorkflowState, concurrency } = params;
  const { chunkSize = defaultWorkflowChunkSize } = params;
  const { id: workflowId, versionId, userAppId } = resolveRef(workflow, 'workflow', scope);
  if (workflowState !== undefined) assertString(workflowState, 'workflowState', { nonEmpty: true });
  const config = outputConfig === undefined ? undefined : toOutputConfig(outputConfig);
  return {
    method: 'PostWorkflowResults',
    inputs,
    concurrency,
    chunkSize,
    singleChunk: workflowState === undefined ? undefined : 'workflowState',
    signal: options.signal,
    send: (part, sending) =>
      invoke(
        'PostWorkflowResults',
        {
          userAppId,
          workflowId,
          versionId,
          inputs: part,
          outputConfig: config,
          workflowState: workflowState === undefined ? undefined : { id: workflowState },
        },
        { idempotent: workflowState === undefined, partial, ...options, ...sending },
      ),
    itemsOf: (answer) => {
      if (answer.workflowState !== undefined) onWorkflowState?.(answer.workflowState.id);
      return answer.results;
    },
  };
}
