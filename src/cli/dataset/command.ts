import { ingestOptions } from '../ingest/command';
import type { CommandGroup } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

export const datasetCommands: CommandGroup = {
  name: 'dataset',
  summary: 'datasets of the app: list them, upload into one, keep versions of it and export it',
  commands: [
    {
      name: 'list',
      summary: "list the app's datasets; with --json a line of JSON each",
      arguments: [],
      options: [limitOption, ...connectionOptions],
      load: async () => (await import('./list')).listDatasets,
    },
    {
      name: 'upload',
      summary: 'add all that is in a folder, a CSV, JSON Lines or zip file to a dataset; see `ingest`',
      arguments: ['<dataset>', '<source>'],
      options: [
        { flags: '--create', summary: 'make the dataset when it is not there' },
        ...ingestOptions,
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc dataset upload trains photos --create --labels --resume trains.journal'],
      load: async () => (await import('./upload')).uploadDataset,
    },
    {
      name: 'versions',
      summary: 'list the versions of a dataset; with --json a line of JSON each',
      arguments: ['<dataset>'],
      options: [
        { flags: '--create', summary: 'first keep what it holds now as a version, and wait until that is ready' },
        { flags: '--description <text>', summary: 'of the version that is made' },
        ...connectionOptions,
      ],
      load: async () => (await import('./versions')).datasetVersions,
    },
    {
      name: 'export',
      summary:
        'write a dataset into a folder, media and annotations; with --dataset-version it goes on where it was interrupted',
      arguments: ['<dataset>', '<folder>'],
      options: [
        {
          flags: '--dataset-version <id>',
          summary: 'version to export (default: one that is made of what it holds now)',
        },
        {
          flags: '--split <name>',
          summary: 'only this part, such as train; may be given several times',
          repeats: true,
        },
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc dataset export trains trains-now --split train'],
      load: async () => (await import('./export')).exportDataset,
    },
  ],
};
