import { shownCredential } from '../config/shown';
import { clientOf } from '../shell/connect';
import { contextOfEnvironment, contextOfFlags, credentialOf, publicBase, resolveConnection } from '../shell/connection';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';

/** RPC: V2.GetUser */
export async function whoami(given: Given, terminal: Terminal): Promise<ExitCode> {
  const connection = await resolveConnection(given, terminal);
  await using clarifai = clientOf(connection, given, terminal);
  const { id, primaryEmail, firstName, lastName } = await clarifai.user('me').get();
  const { base = publicBase, userId, appId } = connection.fields;
  const shown = {
    id,
    name: [firstName, lastName].filter((part) => part !== '').join(' ') || undefined,
    email: primaryEmail || undefined,
    base,
    userId,
    appId,
    credential: shownCredential(connection.fields),
    credentialFrom: credentialOrigin(given, terminal, connection.from?.name),
  };
  await new Print(given, terminal).record(shown, shown);
  return exitCode.ok;
}

function credentialOrigin(given: Given, terminal: Terminal, context: string | undefined): string {
  if (credentialOf(contextOfFlags(given)) !== undefined) return 'flag';
  if (credentialOf(contextOfEnvironment(terminal)) !== undefined) return 'environment';
  return `context ${context}`;
}
