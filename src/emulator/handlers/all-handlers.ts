import type { Handlers } from '../service/call';
import { inputHandlers } from './inputs';
import { modelHandlers } from './models';
import { modelOutputHandlers } from './model-outputs';
import { workflowHandlers } from './workflows';
import { workflowResultHandlers } from './workflow-results';

/** Every RPC that the emulator implements. */
export const allHandlers: Handlers = {
  ...inputHandlers,
  ...modelHandlers,
  ...modelOutputHandlers,
  ...workflowHandlers,
  ...workflowResultHandlers,
};
