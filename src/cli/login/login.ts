import { type Context, toContext } from '../config/context';
import { Contexts } from '../config/contexts';
import { clientOf } from '../shell/connect';
import { contextOfEnvironment, contextOfFlags, isCredential, publicBase } from '../shell/connection';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { readSecret } from './read-secret';

const tokenPage = 'https://clarifai.com/settings/security';

/** RPC: V2.GetUser, unless it is told not to. */
export async function login(given: Given, terminal: Terminal): Promise<ExitCode> {
  const contexts = new Contexts(given, terminal);
  const place = await placeOf(contexts, given, terminal);
  const { base = publicBase } = place;
  const prompt = `Personal access token for ${base} (made at ${tokenPage}): `;
  const pat = given.text('pat') ?? (await readSecret(prompt, terminal));
  if (pat === '') throw new UsageError(`Expected a personal access token; one is made at ${tokenPage}`);
  const own = given.flag('verify') ? await userOf({ ...place, pat }, given, terminal) : undefined;
  const { userId = own } = place;
  const name = given.text('name') ?? own ?? userId ?? 'default';
  await contexts.change((file) => ({
    currentContext: name,
    contexts: {
      ...file.contexts,
      [name]: {
        ...keptOf(file.contexts[name], base, userId),
        pat,
        ...(userId !== undefined && { userId }),
        ...place,
      },
    },
  }));
  const print = new Print(given, terminal);
  await print.item({ name, userId, base, file: contexts.path }, () => {
    const who = own === undefined ? '' : ` as ${own}`;
    return `Logged in${who} at ${base}; commands use the context ${name} of ${contexts.path}`;
  });
  if (contextOfEnvironment(terminal).pat !== undefined) print.note('CLARIFAI_PAT is set and comes before the context.');
  return exitCode.ok;
}

/**
 * What the context says besides the token: what it said before, and what the flags say. The endpoint that the environment names
 * is kept as well, since the token is good for no other; its user and app are not.
 */
async function placeOf(contexts: Contexts, given: Given, terminal: Terminal): Promise<Context> {
  const flags = contextOfFlags(given);
  const environment = contextOfEnvironment(terminal);
  const before = await contexts.own(given.text('name'));
  return toContext((field) => {
    if (isCredential(field)) return undefined;
    const isEndpoint = field === 'base' || field === 'rootCertificates';
    // An app is one user's.
    const isOthers = field === 'appId' && flags.userId !== undefined && flags.userId !== before.userId;
    if (isOthers) return flags.appId;
    return flags[field] ?? (isEndpoint ? environment[field] : undefined) ?? before[field];
  });
}

/** What a context of this name says already, if it is of the same endpoint and user. */
function keptOf(context: Context = {}, base: string, userId: string | undefined): Context {
  if ((context.base ?? publicBase) !== base || context.userId !== userId) return {};
  return toContext((field) => (isCredential(field) ? undefined : context[field]));
}

/** The id of the user whom a token belongs to. @throws AuthenticationError for one that is refused */
async function userOf(fields: Context, given: Given, terminal: Terminal): Promise<string> {
  await using clarifai = clientOf({ fields, from: undefined }, given, terminal);
  return (await clarifai.user('me').get()).id;
}
