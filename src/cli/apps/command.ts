import type { CommandGroup } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

export const appsCommands: CommandGroup = {
  name: 'apps',
  summary: 'apps of the user: list, get, create and delete them',
  commands: [
    {
      name: 'list',
      summary: "list the user's apps; with --json a line of JSON each",
      arguments: [],
      options: [limitOption, ...connectionOptions],
      load: async () => (await import('./list')).listApps,
    },
    {
      name: 'get',
      summary: 'show an app, by id or clarifai.com address (default: the current one)',
      arguments: ['[app]'],
      options: connectionOptions,
      load: async () => (await import('./get')).getApp,
    },
    {
      name: 'create',
      summary: 'make an app',
      arguments: ['<id>'],
      options: [
        { flags: '--base-workflow <workflow>', summary: 'workflow that processes its inputs (default: Empty)' },
        { flags: '--description <text>', summary: 'in a few words' },
        ...connectionOptions,
      ],
      load: async () => (await import('./create')).createApp,
    },
    {
      name: 'delete',
      summary: 'delete an app with everything in it; there is no way back',
      arguments: ['<id>'],
      options: connectionOptions,
      load: async () => (await import('./delete')).deleteApp,
    },
  ],
};
