import type { OptionSpec } from './command';

const output = 'Output:';
const connection = 'Connection:';

/** Of every command that prints what people and programs read. */
export const outputOptions: readonly OptionSpec[] = [
  { flags: '--json', summary: 'print JSON: one document, or a line for each item', group: output },
  { flags: '-q, --quiet', summary: 'print no progress and no notes on stderr', group: output },
];

/** Of every command that reads or writes contexts. */
export const configOptions: readonly OptionSpec[] = [
  { flags: '--config <file>', summary: 'file of contexts (default: see `config path`)', group: connection },
];

/** Of every command that calls the service; `connect` reads them. May stand before the command, too. */
export const connectionOptions: readonly OptionSpec[] = [
  { flags: '--context <name>', summary: 'context to use instead of the current one', group: connection },
  ...configOptions,
  {
    flags: '--user-id <id>',
    summary: 'owner of the app (default: CLARIFAI_USER_ID, then the context)',
    group: connection,
  },
  { flags: '--app-id <id>', summary: 'app to act on (default: CLARIFAI_APP_ID, then the context)', group: connection },
  {
    flags: '--pat <pat>',
    summary: 'personal access token; better in CLARIFAI_PAT or a context: others on this machine see arguments',
    group: connection,
  },
  {
    flags: '--base <url>',
    summary: 'endpoint (default: CLARIFAI_API_BASE, then the context, then api.clarifai.com)',
    group: connection,
  },
  {
    flags: '--root-certificates <file>',
    summary: 'root certificates in PEM, for an endpoint of your own',
    group: connection,
  },
  { flags: '--allow-insecure', summary: 'send the credential without TLS to another machine', group: connection },
  { flags: '--timeout <seconds>', summary: 'for a call with all its attempts (default: 300)', group: connection },
  { flags: '--debug', summary: 'tell on stderr what the client does', group: connection },
  ...outputOptions,
];
