import type { WorkflowInfo } from '../../index';
import type { Cells } from '../shell/print';

/** What people see of a workflow. */
export function toCells({ id, userId, appId, nodes, version, createdAt }: WorkflowInfo): Cells {
  return {
    id,
    app: `${userId}/${appId}`,
    nodes: nodes.map((node) => node.id).join(', '),
    version: version?.id,
    created: createdAt,
  };
}
