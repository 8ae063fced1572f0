import type { Command, OptionSpec } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';

/** How a source is read, and what becomes of its items. */
export const ingestOptions: readonly OptionSpec[] = [
  {
    flags: '--resume <journal>',
    summary: 'directory that keeps what is done: the same command goes on after any end',
  },
  { flags: '--dry-run', summary: 'read and try all of it against the emulator, in this process; nothing is sent' },
  { flags: '--verify', summary: 'wait until the service has downloaded and indexed each input' },
  { flags: '--dead-letters <file>', summary: 'file that inputs are written to that were given up' },
  { flags: '--concept <id>', summary: 'concept that all inputs have; may be given several times', repeats: true },
  { flags: '--not-concept <id>', summary: 'concept that no input has; may be given several times', repeats: true },
  { flags: '--labels', summary: "make the name of a file's folder its concept" },
  { flags: '--dataset <id>', summary: 'dataset that all inputs join; may be given several times', repeats: true },
  {
    flags: '--input-column <kind>',
    summary: 'what a column called `input` holds',
    choices: ['raw', 'url', 'file_path'],
  },
  {
    flags: '--on-existing <what>',
    summary: 'what becomes of an input that is there already',
    choices: ['skip', 'fail', 'overwrite'],
    fallback: 'skip',
  },
  { flags: '--rate <requests>', summary: 'requests a second (default: 15, as Clarifai documents)' },
];

export const ingestCommand: Command = {
  name: 'ingest',
  summary: 'add all that is in a folder, a CSV, JSON Lines or zip file; exits with 3 when the service refused some',
  arguments: ['[source]'],
  options: [
    { flags: '--retry-dead-letters <file>', summary: 'in place of a source: the inputs in such a file' },
    ...ingestOptions,
    ...connectionOptions,
  ],
  examples: [
    'clarifai-grpc ingest photos --labels --resume photos.journal',
    'clarifai-grpc ingest flowers.csv --dataset flowers --dead-letters failed.ndjson',
    'clarifai-grpc ingest --retry-dead-letters failed.ndjson',
  ],
  load: async () => (await import('./ingest')).ingest,
};
