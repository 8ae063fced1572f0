import { AuthenticationError, Clarifai, type Logger } from '../../index';
import { type Connection, credentialOf, resolveConnection } from './connection';
import type { Given } from './given';
import type { Terminal } from './terminal';

/**
 * A client for what the command was given: flags, then the environment, then the context.
 *
 * @throws AuthenticationError that says the three ways to give a credential
 * @example await using clarifai = await connect(given, terminal);
 */
export async function connect(given: Given, terminal: Terminal): Promise<Clarifai> {
  return clientOf(await resolveConnection(given, terminal), given, terminal);
}

export function clientOf({ fields }: Connection, given: Given, terminal: Terminal): Clarifai {
  if (credentialOf(fields) === undefined) throw credentialMissing();
  const seconds = given.number('timeout', { min: 0.001, max: longestTimeout });
  return new Clarifai({
    ...fields,
    allowInsecure: given.flag('allowInsecure'),
    ...(given.flag('debug') && { logger: stderrLogger(terminal) }),
    ...(seconds !== undefined && { defaults: { timeoutMs: Math.round(seconds * 1000) } }),
  });
}

/** In seconds, what a timer of Node takes. */
const longestTimeout = 2_147_483;

function credentialMissing(): AuthenticationError {
  return new AuthenticationError(
    [
      'No credential. Give one in one of three ways:',
      '  clarifai-grpc login           keeps it in a context, for all that follows',
      '  CLARIFAI_PAT=... (or CLARIFAI_SESSION_TOKEN, CLARIFAI_API_KEY) in the environment',
      '  --pat ...                     for this command alone; others on this machine see it',
      'A personal access token is made at https://clarifai.com/settings/security',
    ].join('\n'),
    { code: 'CREDENTIAL_MISSING', source: 'client', category: 'auth' },
  );
}

function stderrLogger(terminal: Terminal): Logger {
  const at =
    (level: keyof Logger) =>
    (fields: object, text: string): void =>
      terminal.err(`${level} ${text} ${JSON.stringify(fields)}\n`);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
