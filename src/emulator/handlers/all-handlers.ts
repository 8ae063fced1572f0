import type { Handlers } from '../service/call';
import { conceptHandlers } from './concepts';
import { datasetHandlers } from './datasets';
import { inputHandlers } from './inputs';
import { inputsAddJobHandlers } from './inputs-add-jobs';
import { modelOutputHandlers } from './model-outputs';
import { modelHandlers } from './models';
import { statusCodeHandlers } from './status-codes';
import { userAndAppHandlers } from './users-and-apps';
import { workflowResultHandlers } from './workflow-results';
import { workflowHandlers } from './workflows';

/** Every RPC that the emulator implements. */
export const allHandlers: Handlers = {
  ...conceptHandlers,
  ...datasetHandlers,
  ...inputHandlers,
  ...inputsAddJobHandlers,
  ...modelHandlers,
  ...modelOutputHandlers,
  ...statusCodeHandlers,
  ...userAndAppHandlers,
  ...workflowHandlers,
  ...workflowResultHandlers,
};
