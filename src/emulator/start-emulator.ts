import type { Emulator } from './emulator';
import { allHandlers } from './handlers/all-handlers';
import type { EmulatorOptions } from './options';
import { resolveEmulatorOptions } from './options';
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
  const resolved = resolveEmulatorOptions(options);
  const { host, port, keepAlive, limits, clock, tlsHostNames, requestsPerSecond } = resolved;
  const world = new World(resolved);
  const faults = new Faults(resolved.randomBytes);
  const log = new RequestLog(resolved.requestLog);
  const credentials = new Credentials();
  const rateLimit = requestsPerSecond === undefined ? undefined : new RateLimit(requestsPerSecond);
  const dispatcher = new Dispatcher({ world, credentials, faults, log, rateLimit, handlers: allHandlers });
  const certificates = tlsHostNames && (await createCertificates(tlsHostNames));
  const { maxRequestBytes } = limits;
  try {
    const server = await listen(dispatcher, { host, port, keepAlive, maxRequestBytes, clock, identity: certificates });
    return new RunningEmulator({ options: resolved, world, faults, log, rateLimit, credentials, certificates, server });
  } catch (error) {
    await certificates?.remove();
    throw error;
  }
}
