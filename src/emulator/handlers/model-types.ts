import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { modelTypes } from '../predict/model-types';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';

/** What types of models there are, and what they take and give. */
export const modelTypeHandlers: Handlers = {
  GetModelType({ modelTypeId }) {
    const modelType = modelTypes.find(({ id }) => id === modelTypeId);
    if (modelType === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
    return { modelType };
  },

  ListModelTypes(request, call) {
    return { modelTypes: pageOf(modelTypes, request, call.world.options.limits) };
  },
};
