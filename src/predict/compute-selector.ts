import type { RunnerSelector } from '../../generated/proto/clarifai/api/resources';
import { assertObject, assertString, invalidArgument } from '../base/assert';
import type { Scope } from '../operations/scope';
import type { DeepPartial } from '../wire/codec';

/** Which of the user's machines a model runs on: a deployment, or a nodepool of a compute cluster, or one runner there. */
export type ComputeSelector =
  | {
      readonly deploymentId: string;
      /** Owner of the deployment, an organization for instance. @default the client's userId */
      readonly userId?: string | undefined;
    }
  | {
      readonly nodepoolId: string;
      readonly computeClusterId: string;
      readonly runnerId?: string | undefined;
      /** Owner of the compute cluster. @default the client's userId */
      readonly userId?: string | undefined;
    };

const names = ['deploymentId', 'nodepoolId', 'computeClusterId', 'runnerId', 'userId'];

/** @throws InvalidRequestError for half a nodepool, and for a deployment and a nodepool at once */
export function toRunnerSelector(selector: ComputeSelector, scope: Scope): DeepPartial<RunnerSelector> {
  assertObject(selector, 'compute', names);
  for (const [name, value] of Object.entries(selector)) {
    if (value !== undefined) assertString(value, `compute.${name}`, { nonEmpty: true });
  }
  const { userId = scope.userId } = selector;
  if ('deploymentId' in selector) {
    if ('nodepoolId' in selector) throw invalidArgument('compute', 'a deployment or a nodepool', 'both');
    return { deployment: { id: selector.deploymentId, userId } };
  }
  const { nodepoolId, computeClusterId, runnerId } = selector;
  assertString(nodepoolId, 'compute.nodepoolId', { nonEmpty: true });
  assertString(computeClusterId, 'compute.computeClusterId', { nonEmpty: true });
  return {
    nodepool: { id: nodepoolId, computeCluster: { id: computeClusterId, userId } },
    ...(runnerId !== undefined && { runner: { id: runnerId } }),
  };
}
