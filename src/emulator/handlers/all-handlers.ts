import type { Handlers } from '../service/call';
import { annotationHandlers } from './annotations';
import { bulkOperationHandlers } from './bulk-operations';
import { conceptCountHandlers } from './concept-counts';
import { conceptLanguageHandlers } from './concept-languages';
import { conceptRelationHandlers } from './concept-relations';
import { conceptSearchHandlers } from './concept-searches';
import { conceptHandlers } from './concepts';
import { datasetInputHandlers } from './dataset-inputs';
import { datasetVersionHandlers } from './dataset-versions';
import { datasetHandlers } from './datasets';
import { evaluationHandlers } from './evaluations';
import { extractionJobHandlers } from './extraction-jobs';
import { inputHandlers } from './inputs';
import { inputsAddJobHandlers } from './inputs-add-jobs';
import { modelOutputHandlers } from './model-outputs';
import { modelSearchHandlers } from './model-searches';
import { modelTypeHandlers } from './model-types';
import { modelVersionHandlers } from './model-versions';
import { modelHandlers } from './models';
import { moduleHandlers } from './modules';
import { installedModuleHandlers } from './installed-modules';
import { runnerHandlers } from './runners';
import { savedSearchHandlers } from './saved-searches';
import { searchHandlers } from './searches';
import { statusCodeHandlers } from './status-codes';
import { uploadHandlers } from './uploads';
import { userAndAppHandlers } from './users-and-apps';
import { workflowResultHandlers } from './workflow-results';
import { workflowVersionHandlers } from './workflow-versions';
import { workflowHandlers } from './workflows';

/** Every RPC that the emulator implements. */
export const allHandlers: Handlers = {
  ...annotationHandlers,
  ...bulkOperationHandlers,
  ...conceptCountHandlers,
  ...conceptHandlers,
  ...conceptLanguageHandlers,
  ...conceptRelationHandlers,
  ...conceptSearchHandlers,
  ...datasetHandlers,
  ...datasetInputHandlers,
  ...datasetVersionHandlers,
  ...evaluationHandlers,
  ...extractionJobHandlers,
  ...inputHandlers,
  ...inputsAddJobHandlers,
  ...modelHandlers,
  ...modelOutputHandlers,
  ...modelSearchHandlers,
  ...modelTypeHandlers,
  ...modelVersionHandlers,
  ...moduleHandlers,
  ...installedModuleHandlers,
  ...runnerHandlers,
  ...savedSearchHandlers,
  ...searchHandlers,
  ...statusCodeHandlers,
  ...uploadHandlers,
  ...userAndAppHandlers,
  ...workflowHandlers,
  ...workflowResultHandlers,
  ...workflowVersionHandlers,
};
