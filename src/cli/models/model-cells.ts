import type { ModelInfo } from '../../index';
import type { Cells } from '../shell/print';

/** What people see of a model. */
export function toCells({ id, name, modelTypeId, userId, appId, modelVersion, createdAt }: ModelInfo): Cells {
  return {
    id,
    name,
    type: modelTypeId,
    app: `${userId}/${appId}`,
    version: modelVersion?.id,
    state: modelVersion?.status?.description,
    created: createdAt,
  };
}
