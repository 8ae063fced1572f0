import type { Command, CommandGroup } from '../shell/command';
import { configOptions, outputOptions } from '../shell/shared-options';

const shared = [...configOptions, ...outputOptions];

const argumentChoices: Command['argumentChoices'] = async (index, terminal) =>
  index === 0 ? (await import('./context-names')).contextNames(terminal) : [];

export const configCommands: CommandGroup = {
  name: 'config',
  summary: 'contexts: which account, app and endpoint commands work with',
  commands: [
    {
      name: 'list',
      summary: 'list the contexts, also those of the Python SDK; credentials are masked',
      arguments: [],
      options: shared,
      load: async () => (await import('./list')).listContexts,
    },
    {
      name: 'get',
      summary: 'show a context (default: the current one); its credential is masked',
      arguments: ['[name]'],
      options: shared,
      argumentChoices,
      load: async () => (await import('./get')).getContext,
    },
    {
      name: 'use',
      summary: 'make a context the current one',
      arguments: ['<name>'],
      options: shared,
      argumentChoices,
      load: async () => (await import('./use')).useContext,
    },
    {
      name: 'create',
      summary: 'add a context; `login` gives it a credential',
      arguments: ['<name>'],
      options: [
        { flags: '--user-id <id>', summary: 'owner of the app' },
        { flags: '--app-id <id>', summary: 'app to act on' },
        { flags: '--base <url>', summary: 'endpoint (default: api.clarifai.com)' },
        { flags: '--root-certificates <file>', summary: 'root certificates in PEM' },
        ...shared,
      ],
      examples: [
        'clarifai-grpc config create staging --base https://clarifai.example.com --user-id me --app-id photos',
        'clarifai-grpc login --name staging',
      ],
      load: async () => (await import('./create')).createContext,
    },
    {
      name: 'delete',
      summary: 'delete a context with its credential',
      arguments: ['<name>'],
      options: shared,
      argumentChoices,
      load: async () => (await import('./delete')).deleteContext,
    },
    {
      name: 'path',
      summary: 'print the path of the file that contexts are kept in',
      arguments: [],
      options: shared,
      load: async () => (await import('./path')).contextPath,
    },
  ],
};
