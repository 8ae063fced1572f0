import type { CommandGroup } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

export const workflowsCommands: CommandGroup = {
  name: 'workflows',
  summary: 'workflows of the app: list, get, create and delete them; `workflow run` runs one',
  commands: [
    {
      name: 'list',
      summary: "list the app's workflows; with --json a line of JSON each",
      arguments: [],
      options: [
        { flags: '--public', summary: "with what the service lists besides the app's own" },
        limitOption,
        ...connectionOptions,
      ],
      load: async () => (await import('./list')).listWorkflows,
    },
    {
      name: 'get',
      summary: 'show a workflow, by id or clarifai.com address',
      arguments: ['<workflow>'],
      options: [
        { flags: '--yaml', summary: 'as YAML, from which `workflows create` makes the same again' },
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc workflows get detect-and-read --yaml > workflow.yml'],
      load: async () => (await import('./get')).getWorkflow,
    },
    {
      name: 'create',
      summary: 'make the workflow that a YAML file describes, and models of it that are not there',
      arguments: ['<file.yml>'],
      options: [{ flags: '--id <id>', summary: 'in place of the id in the file' }, ...connectionOptions],
      load: async () => (await import('./create')).createWorkflow,
    },
    {
      name: 'delete',
      summary: 'delete workflows; their models stay',
      arguments: ['<id...>'],
      options: connectionOptions,
      load: async () => (await import('./delete')).deleteWorkflows,
    },
  ],
};
