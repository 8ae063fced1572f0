import type { CommandGroup } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

/** The service has no RPC that deletes a concept. */
export const conceptsCommands: CommandGroup = {
  name: 'concepts',
  summary: 'concepts of the app: list, get and create them; the service deletes none',
  commands: [
    {
      name: 'list',
      summary: "list the app's concepts; with --json a line of JSON each",
      arguments: [],
      options: [limitOption, ...connectionOptions],
      load: async () => (await import('./list')).listConcepts,
    },
    {
      name: 'get',
      summary: 'show a concept',
      arguments: ['<id>'],
      options: connectionOptions,
      load: async () => (await import('./get')).getConcept,
    },
    {
      name: 'create',
      summary: 'make concepts',
      arguments: ['<id...>'],
      options: [{ flags: '--name <name>', summary: 'of the one concept (default: its id)' }, ...connectionOptions],
      load: async () => (await import('./create')).createConcepts,
    },
  ],
};
