import { inputArguments, inputOptions, outputConfigOptions, viewOptions } from '../predict/input-options';
import type { CommandGroup } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';

/** Those that run workflows; what else is done with them is in `workflows`. */
export const workflowCommands: CommandGroup = {
  name: 'workflow',
  summary: 'run workflows',
  commands: [
    {
      name: 'run',
      summary: 'run a workflow on files, folders, URLs or texts',
      arguments: ['<workflow>', ...inputArguments],
      options: [
        ...inputOptions,
        { flags: '--workflow-version <id>', summary: 'version of the workflow (default: the latest)' },
        ...outputConfigOptions,
        { flags: '--chunk-size <n>', summary: 'inputs a request (default: 32)' },
        ...viewOptions,
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc workflow run https://clarifai.com/clarifai/main/workflows/General photo.jpg'],
      load: async () => (await import('./run-workflow')).runWorkflow,
    },
  ],
};
