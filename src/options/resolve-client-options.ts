import { assertObject, assertString } from '../base/assert';
import type { CallOptions } from './call-options';
import type { ClientOptions } from './client-options';
import { type Credential, credentialMissing } from './credential';
import { type Environment, readEnvironment } from './environment';
import { assertLogger, type Logger } from './logger';
import { type ResolvedCallOptions, resolveCallOptions } from './resolve-call-options';
import { resolveKnown, type ResolvedStubOptions, stubOptionNames } from './resolve-stub-options';

export interface ResolvedClientOptions extends ResolvedStubOptions {
  readonly credential: Credential;
  readonly userId: string | undefined;
  readonly appId: string | undefined;
  readonly defaults: ResolvedCallOptions;
  readonly logger: Logger | undefined;
  /** Whether a client without a logger tells standard error what it does. */
  readonly debug: boolean;
}

const clientOptionNames: readonly (keyof ClientOptions)[] = [
  ...stubOptionNames,
  'userId',
  'appId',
  'logger',
  'defaults',
];

/**
 * Completes and checks the options of a client, all of them at once, so that a mistake shows when the client is made.
 *
 * @throws InvalidRequestError that names the option and the value
 * @throws AuthenticationError when neither the options nor the environment hold a credential
 */
export function resolveClientOptions(
  options: ClientOptions = {},
  environment: Environment = readEnvironment(),
): ResolvedClientOptions {
  // A credential is easily given in place of the options.
  assertObject(options, 'options', clientOptionNames, { hideValue: true });
  const { userId = environment.userId, appId = environment.appId, logger, defaults = {} } = options;
  if (userId !== undefined) assertString(userId, 'userId', { nonEmpty: true });
  if (appId !== undefined) assertString(appId, 'appId', { nonEmpty: true });
  if (logger !== undefined) assertLogger(logger);
  const stub = resolveKnown(options, environment);
  const { credential } = stub;
  if (credential === undefined || credential.kind === 'none') throw credentialMissing();
  const { debug } = environment;
  return Object.freeze({ ...stub, credential, userId, appId, logger, debug, defaults: resolveDefaults(defaults) });
}

function resolveDefaults(defaults: Omit<CallOptions, 'signal'>): ResolvedCallOptions {
  return resolveCallOptions(undefined, defaults, { name: 'defaults', allowSignal: false });
}
