import type { CommandGroup } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

export const modelsCommands: CommandGroup = {
  name: 'models',
  summary: 'models of the app: list, get, create and delete them',
  commands: [
    {
      name: 'list',
      summary: "list the app's models; with --json a line of JSON each",
      arguments: [],
      options: [
        { flags: '--type <type>', summary: 'those of a type, such as visual-classifier' },
        { flags: '--name <name>', summary: 'those whose name holds this' },
        { flags: '--public', summary: "with what the service lists besides the app's own" },
        limitOption,
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc models list --user-id clarifai --app-id main --type visual-detector'],
      load: async () => (await import('./list')).listModels,
    },
    {
      name: 'get',
      summary: 'show a model, by id or clarifai.com address',
      arguments: ['<model>'],
      options: connectionOptions,
      load: async () => (await import('./get')).getModel,
    },
    {
      name: 'create',
      summary: 'make a model; of a type that is not trained also a version, with --params',
      arguments: ['<id>'],
      options: [
        { flags: '--type <type>', summary: 'such as visual-classifier or concept-thresholder' },
        { flags: '--params <json>', summary: "the version's own parameters, an object in JSON" },
        { flags: '--description <text>', summary: 'in a few words' },
        ...connectionOptions,
      ],
      examples: [
        'clarifai-grpc models create locomotives --type visual-classifier',
        `clarifai-grpc models create sure-ones --type concept-thresholder --params '{"concept_threshold_type": 1}'`,
      ],
      load: async () => (await import('./create')).createModel,
    },
    {
      name: 'delete',
      summary: 'delete models with their versions; there is no way back',
      arguments: ['<id...>'],
      options: connectionOptions,
      load: async () => (await import('./delete')).deleteModels,
    },
  ],
};
