import { resolve } from 'node:path';
import { type Context, type CredentialField, credentialFields, toContext, variableOfField } from '../config/context';
import { Contexts, type NamedContext } from '../config/contexts';
import type { Given } from './given';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** Where a command calls, as whom and on what. */
export interface Connection {
  /** Each field from a flag, else from the environment, else from the context; of the credentials the first of these alone. */
  readonly fields: Context;
  /** The context that fields may come from. */
  readonly from: NamedContext | undefined;
}

/** The service's own endpoint, which a context that names none is for. */
export const publicBase = 'api.clarifai.com';

const fieldsOfOptions: readonly (keyof Context)[] = ['pat', 'userId', 'appId', 'base', 'rootCertificates'];

/** @throws UsageError for a context that does not exist, or whose credential would go to an endpoint that it is not for */
export async function resolveConnection(given: Given, terminal: Terminal): Promise<Connection> {
  const [flags, environment] = [contextOfFlags(given), contextOfEnvironment(terminal)];
  const from = await new Contexts(given, terminal).chosen(given.text('context'));
  const context = from?.context ?? {};
  const holder = [flags, environment, context].find((source) => credentialOf(source) !== undefined) ?? {};
  const base = flags.base ?? environment.base;
  if (from !== undefined && holder === context && base !== undefined) assertOwnBase(from, base);
  const credential = credentialOf(holder);
  const fields = toContext((field) => {
    if (isCredential(field)) return field === credential ? holder[field] : undefined;
    return flags[field] ?? environment[field] ?? context[field];
  });
  return { fields, from };
}

/** What the flags of a command say. */
export function contextOfFlags(given: Given): Context {
  return withWholePaths(toContext((field) => (fieldsOfOptions.includes(field) ? given.text(field) : undefined)));
}

/** What the environment says. */
export function contextOfEnvironment({ env }: Terminal): Context {
  const said = toContext((field) => env[variableOfField[field]]);
  const { CLARIFAI_GRPC_BASE: other } = env;
  return withWholePaths(toContext((field) => (field === 'base' ? (said.base ?? other) : said[field])));
}

/** A context is used in other folders than the one it is made in. */
function withWholePaths(context: Context): Context {
  const { rootCertificates } = context;
  return rootCertificates === undefined ? context : { ...context, rootCertificates: resolve(rootCertificates) };
}

/** The strongest credential of a source. */
export function credentialOf(source: Context): CredentialField | undefined {
  return credentialFields.find((field) => source[field] !== undefined);
}

export function isCredential(field: keyof Context): boolean {
  return credentialFields.some((credential) => credential === field);
}

function assertOwnBase({ name, context }: NamedContext, base: string): void {
  const own = context.base ?? publicBase;
  if (endpointOf(base) === endpointOf(own)) return;
  throw new UsageError(
    `The credential of context \`${name}\` is for ${own} and is not sent to ${base}; ` +
      'give one that is in CLARIFAI_PAT, or make a context for it: clarifai-grpc login --base',
  );
}

function endpointOf(base: string): string {
  const address = base.trim().toLowerCase().replace(/\/+$/, '');
  return address.replace(/^https:\/\//, '').replace(/:443$/, '');
}
