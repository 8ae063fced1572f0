import type { Handlers } from '../service/call';
import { annotationHandlers } from './annotations';
import { conceptCountHandlers } from './concept-counts';
import { conceptLanguageHandlers } from './concept-languages';
import { conceptRelationHandlers } from './concept-relations';
import { conceptSearchHandlers } from './concept-searches';
import { conceptHandlers } from './concepts';
import { datasetInputHandlers } from './dataset-inputs';
import { datasetVersionHandlers } from './dataset-versions';
import { datasetHandlers } from './datasets';
import { evaluationHandlers } from './evaluations';
import { inputHandlers } from './inputs';
import { inputsAddJobHandlers } from './inputs-add-jobs';
import { modelOutputHandlers } from './model-outputs';
import { modelSearchHandlers } from './model-searches';
import { modelVersionHandlers } from './model-versions';
import { modelHandlers } from './models';
import { savedSearchHandlers } from './saved-searches';
import { searchHandlers } from './searches';
import { statusCodeHandlers } from './status-codes';
import { userAndAppHandlers } from './users-and-apps';
import { workflowResultHandlers } from './workflow-results';
import { workflowVersionHandlers } from './workflow-versions';
import { workflowHandlers } from './workflows';

/** Every RPC that the emulator implements. */
export const allHandlers: Handlers = {
  ...annotationHandlers,
  ...conceptCountHandlers,
  ...conceptHandlers,
  ...conceptLanguageHandlers,
  ...conceptRelationHandlers,
  ...conceptSearchHandlers,
  ...datasetHandlers,
  ...datasetInputHandlers,
  ...datasetVersionHandlers,
  ...evaluationHandlers,
  ...inputHandlers,
  ...inputsAddJobHandlers,
  ...modelHandlers,
  ...modelOutputHandlers,
  ...modelSearchHandlers,
  ...modelVersionHandlers,
  ...savedSearchHandlers,
  ...searchHandlers,
  ...statusCodeHandlers,
  ...userAndAppHandlers,
  ...workflowHandlers,
  ...workflowResultHandlers,
  ...workflowVersionHandlers,
};
