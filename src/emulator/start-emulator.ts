import type { MethodName } from '../../generated/methods';
import type { Emulator } from './emulator';
import { handlerOf } from './handlers/all-handlers';
import { MediaServer } from './media/media-server';
import type { EmulatorOptions, ResolvedEmulatorOptions } from './options';
import { resolveEmulatorOptions } from './options';
import type { Identity, Keeper } from './persist/keeper';
import { RunningEmulator } from './running-emulator';
import { Credentials } from './service/auth';
import { Dispatcher } from './service/dispatcher';
import { Faults } from './service/faults';
import { RateLimit } from './service/rate-limit';
import { RequestLog } from './service/request-log';
import { listen } from './service/server';
import { World } from './state/world';
import { createCertificates } from './tls/certificates';

/**
 * Starts the V2 service in this process, on loopback and on a free port.
 *
 * @throws InvalidRequestError for an unknown option or a value that does not fit
 * @example
 * await using emulator = await startEmulator();
 * const clarifai = new Clarifai(emulator.clientOptions);
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const asked = resolveEmulatorOptions(options);
  const { persist } = asked;
  // Few emulators keep their state: the others start sooner without what it takes.
  const keeper = persist === undefined ? undefined : new (await import('./persist/keeper')).Keeper(persist);
  const resolved = keeper === undefined ? asked : resolveEmulatorOptions(withIdentity(options, keeper.identity));
  const running: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of running.splice(0)) await stop();
  };
  try {
    return await assemble(resolved, keeper, running, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Who the emulator was before, unless the options say otherwise. */
function withIdentity(options: EmulatorOptions, identity: Partial<Identity>): EmulatorOptions {
  const { userId, appId, pat, apiKey, sessionToken } = options;
  return {
    ...options,
    userId: userId ?? identity.userId,
    appId: appId ?? identity.appId,
    pat: pat ?? identity.pat,
    apiKey: apiKey ?? identity.apiKey,
    sessionToken: sessionToken ?? identity.sessionToken,
  };
}

/** @param running takes up what must be stopped in the end, or when what follows fails */
async function assemble(
  options: ResolvedEmulatorOptions,
  keeper: Keeper | undefined,
  running: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Emulator> {
  const { host, port, keepAlive, limits, clock, tlsHostNames, requestsPerSecond, storeBytes, isStrict } = options;
  const credentials = new Credentials(() => world, isStrict);
  const certificates = tlsHostNames && (await createCertificates(tlsHostNames));
  if (certificates !== undefined) running.push(() => certificates.remove());
  const media = new MediaServer({ host, keepAlive, credentials, world: () => world });
  running.push(() => media.close());
  // What a kept state names is hosted from the start.
  if (storeBytes || options.persist !== undefined) await media.open();
  const world: World = new World({ ...options, media });
  running.push(async () => world.agenda.stop());
  const faults = new Faults(options.randomBytes);
  const log = new RequestLog(options.requestLog);
  const rateLimit = requestsPerSecond === undefined ? undefined : new RateLimit(requestsPerSecond);
  const answered = keeper && ((method: MethodName) => keeper.answered(method));
  const dispatcher = new Dispatcher({ world, credentials, faults, log, rateLimit, isStrict, handlerOf, answered });
  const { maxRequestBytes } = limits;
  const server = await listen(dispatcher, { host, port, keepAlive, maxRequestBytes, clock, identity: certificates });
  running.push(() => server.close());
  const parts = {
    options,
    keeper,
    world,
    dispatcher,
    faults,
    log,
    rateLimit,
    credentials,
    certificates,
    port: server.port,
    close,
  };
  const emulator = new RunningEmulator(parts);
  // Last of all, when nothing can change any more.
  if (keeper !== undefined) running.push(() => keeper.close());
  return emulator;
}
