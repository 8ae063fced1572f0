import { isIPv4 } from 'node:net';
import {
  assertBoolean,
  assertDurationMs,
  assertInteger,
  assertObject,
  assertOneOf,
  assertString,
  invalidArgument,
} from '../base/assert';
import type { Clock } from '../base/clock';
import { systemClock } from '../base/clock';
import { randomId } from '../base/ids';
import type { Limits } from './limits';
import { serviceLimits } from './limits';
import type { RandomBytes } from './seeded-random';
import { createRandomBytes } from './seeded-random';
import type { RequestLogOptions } from './service/request-log';
import type { Lifecycle } from './state/input-store';

/** How an emulator serves TLS. */
export interface TlsOptions {
  /** Further names on the certificate, such as `api.clarifai.com`. @default none */
  readonly hostNames?: readonly string[] | undefined;
}

/** How an emulator starts. */
export interface EmulatorOptions {
  /** @default a free one */
  readonly port?: number | undefined;
  /** An address or host name of this machine, on loopback unless `allowRemote` says otherwise. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Lets `host` be one that other machines reach: its keys are all that protects an emulator from them. @default false */
  readonly allowRemote?: boolean | undefined;
  /** Keeps the process alive until the emulator is closed. @default false */
  readonly keepAlive?: boolean | undefined;
  /**
   * Serves TLS with a certificate for localhost and loopback, and for other host names on demand, from a CA of its own.
   * Needs the package `selfsigned`.
   *
   * @default false
   */
  readonly tls?: boolean | TlsOptions | undefined;
  /** Personal access token that is accepted. @default 32 random hexadecimal digits */
  readonly pat?: string | undefined;
  /** Key of the app that is accepted. @default 32 random hexadecimal digits */
  readonly apiKey?: string | undefined;
  /** Session token that is accepted. @default 32 random hexadecimal digits */
  readonly sessionToken?: string | undefined;
  /** Owner of the PAT and of the app. @default 'emulator-user' */
  readonly userId?: string | undefined;
  /** An app that is there from the start. @default 'emulator-app' */
  readonly appId?: string | undefined;
  /** Makes every id the same in every run. @default ids are random */
  readonly seed?: number | undefined;
  /** Time for timestamps, lifecycles and latencies, such as `createManualClock()`. @default the system's */
  readonly clock?: Clock | undefined;
  /** How long inputs take to be processed, and to be gone. */
  readonly lifecycle?: Partial<Lifecycle> | undefined;
  /** The service's limits, to be made smaller for a test. */
  readonly limits?: Partial<Limits> | undefined;
  /**
   * Refuses what the service refuses or passes over without a word, and the emulator is lenient about: fields that the protos
   * do not have, fields that they call deprecated (both 11100, with the field's path), more than 15 requests a second
   * (11005), credentials that are no session where the protos want one (11007), and `pat` and `apiKey` that are not 32
   * hexadecimal digits. Good for finding out whether a client would do with the service itself.
   *
   * @default false
   */
  readonly strict?: boolean | undefined;
  /**
   * Requests of one user a second, and as many at once after a pause; those above are answered with 11005. The service allows
   * 15.
   *
   * @default no limit; 15 with `strict`
   */
  readonly requestsPerSecond?: number | undefined;
  /** How much of the calls that came in is remembered. */
  readonly requestLog?: RequestLogOptions | undefined;
  /**
   * A file that keeps the state, to go on with after a restart: users, apps, all that is in them, what is under way, and the
   * keys, which stay the same. It is written a quarter of a second after the last change, five seconds after the first one
   * at the latest, and on `close()`. Writing stops the emulator for as long as it takes, so a large state is written less
   * often: a tenth of the time goes into it at the most. Models that are registered with `model()` have to be registered
   * again. One file is for one emulator.
   *
   * @default the state ends with the emulator
   */
  readonly persist?: string | undefined;
  /**
   * Keeps the bytes of inputs for `inputBytes()`, and hosts them over HTTP at the URLs that inputs are answered with.
   *
   * @default false, so that large ingestions stay small
   */
  readonly storeBytes?: boolean | undefined;
  /**
   * Hosts whose URLs are fetched, as URLs have them: `localhost:8080`, `samples.clarifai.com`. Of the others nothing is ever
   * fetched: what is there is what `emulator.url()` says, or follows from a rule.
   *
   * @default none
   */
  readonly fetchHosts?: readonly string[] | undefined;
  /** What the call's own status is when its only input fails: that of the input, or FAILURE as in 2019. @default 'modern' */
  readonly badUrlStatus?: 'modern' | 'legacy' | undefined;
}

export interface ResolvedEmulatorOptions {
  readonly port: number;
  readonly host: string;
  readonly keepAlive: boolean;
  /** Names on the certificate; `undefined` for plain HTTP/2. */
  readonly tlsHostNames: readonly string[] | undefined;
  readonly pat: string;
  readonly apiKey: string;
  readonly sessionToken: string;
  readonly userId: string;
  readonly appId: string;
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
  readonly lifecycle: Lifecycle;
  readonly limits: Limits;
  readonly isStrict: boolean;
  readonly requestsPerSecond: number | undefined;
  readonly requestLog: RequestLogOptions;
  readonly persist: string | undefined;
  readonly storeBytes: boolean;
  readonly fetchHosts: readonly string[];
  readonly badUrlStatus: 'modern' | 'legacy';
}

const known: readonly (keyof EmulatorOptions)[] = [
  'port',
  'host',
  'allowRemote',
  'keepAlive',
  'tls',
  'pat',
  'apiKey',
  'sessionToken',
  'userId',
  'appId',
  'seed',
  'clock',
  'lifecycle',
  'limits',
  'strict',
  'requestsPerSecond',
  'requestLog',
  'persist',
  'storeBytes',
  'fetchHosts',
  'badUrlStatus',
];

/** Of every plan, by Clarifai's documentation ("Rate limits"). */
const serviceRequestsPerSecond = 15;

const defaultLifecycle: Lifecycle = { pendingMs: 100, inProgressMs: 100, deleteLagMs: 100 };

/** @throws InvalidRequestError for an unknown option or a value that does not fit */
export function resolveEmulatorOptions(options: EmulatorOptions): ResolvedEmulatorOptions {
  assertObject(options, 'options', known);
  const {
    port = 0,
    host = '127.0.0.1',
    allowRemote = false,
    keepAlive = false,
    userId = 'emulator-user',
    appId = 'emulator-app',
    seed,
    strict = false,
    requestsPerSecond = strict ? serviceRequestsPerSecond : undefined,
  } = options;
  const {
    clock = systemClock,
    lifecycle = {},
    limits = {},
    requestLog = {},
    persist,
    storeBytes = false,
    fetchHosts = [],
    badUrlStatus = 'modern',
  } = options;
  assertAddress(host, port, allowRemote);
  assertString(userId, 'options.userId', { nonEmpty: true });
  assertString(appId, 'options.appId', { nonEmpty: true });
  for (const [name, value] of Object.entries({ keepAlive, storeBytes, strict }))
    assertBoolean(value, `options.${name}`);
  assertStrings(fetchHosts, 'options.fetchHosts', 'host names');
  assertOneOf(badUrlStatus, 'options.badUrlStatus', ['modern', 'legacy']);
  assertSeed(seed, persist);
  if (typeof clock.now !== 'function') throw invalidArgument('options.clock', 'a clock', clock);
  assertSettings(lifecycle, limits, requestLog);
  if (requestsPerSecond !== undefined) assertInteger(requestsPerSecond, 'options.requestsPerSecond', { min: 1 });

  const randomBytes = createRandomBytes(seed);
  const secret = (name: Secret) => resolveSecret(options, name, randomBytes);
  return {
    port,
    host,
    keepAlive,
    tlsHostNames: resolveTls(options.tls ?? false),
    pat: secret('pat'),
    apiKey: secret('apiKey'),
    sessionToken: secret('sessionToken'),
    userId,
    appId,
    randomBytes,
    clock,
    lifecycle: { ...defaultLifecycle, ...lifecycle },
    limits: { ...serviceLimits, ...limits },
    isStrict: strict,
    requestsPerSecond,
    requestLog,
    persist,
    storeBytes,
    fetchHosts,
    badUrlStatus,
  };
}

type Secret = 'pat' | 'apiKey' | 'sessionToken';

/** What was given, or made up, as a credential. */
function resolveSecret(options: EmulatorOptions, name: Secret, randomBytes: RandomBytes): string {
  const value = options[name] ?? randomId(randomBytes);
  assertString(value, `options.${name}`, { nonEmpty: true, hideValue: true });
  if (options.strict !== true || name === 'sessionToken' || /^[0-9a-f]{32}$/.test(value)) return value;
  throw invalidArgument(`options.${name}`, '32 hexadecimal digits, as `strict` wants it', value, { hideValue: true });
}

function assertSettings(lifecycle: Partial<Lifecycle>, limits: Partial<Limits>, requestLog: RequestLogOptions): void {
  assertNumbers(lifecycle, 'options.lifecycle', Object.keys(defaultLifecycle), assertDurationMs);
  assertNumbers(limits, 'options.limits', Object.keys(serviceLimits), assertCount);
  assertNumbers(requestLog, 'options.requestLog', ['maxEntries', 'maxBytes'], assertCount);
}

function assertSeed(seed: number | undefined, persist: string | undefined): void {
  if (seed !== undefined) assertInteger(seed, 'options.seed');
  if (persist === undefined) return;
  assertString(persist, 'options.persist', { nonEmpty: true });
  // Ids that begin anew with each start would meet themselves in what was kept.
  if (seed !== undefined) throw invalidArgument('options.seed', 'left out with `persist`', seed);
}

function assertAddress(host: string, port: number, allowRemote: boolean): void {
  assertInteger(port, 'options.port', { min: 0, max: 65535 });
  assertString(host, 'options.host', { nonEmpty: true });
  assertBoolean(allowRemote, 'options.allowRemote');
  if (allowRemote || isLoopback(host)) return;
  throw invalidArgument('options.host', 'a loopback address unless `allowRemote` is true', host);
}

/** 127.0.0.0/8, the IPv6 loopback, and the one name that always means them. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function resolveTls(tls: boolean | TlsOptions): readonly string[] | undefined {
  if (tls === false) return undefined;
  if (tls === true) return [];
  assertObject(tls, 'options.tls', ['hostNames']);
  const { hostNames = [] } = tls;
  assertStrings(hostNames, 'options.tls.hostNames', 'host names');
  return hostNames;
}

function assertStrings(values: readonly string[], name: string, nouns: string): void {
  const isArray: boolean = Array.isArray(values);
  if (!isArray) throw invalidArgument(name, `an array of ${nouns}`, values);
  values.forEach((value, index) => assertString(value, `${name}[${index}]`, { nonEmpty: true }));
}

function assertCount(value: unknown, name: string): void {
  assertInteger(value, name, { min: 0 });
}

function assertNumbers(
  values: object,
  name: string,
  keys: readonly string[],
  assertValue: (value: unknown, name: string) => void,
): void {
  assertObject(values, name, keys);
  for (const [key, value] of Object.entries(values)) if (value !== undefined) assertValue(value, `${name}.${key}`);
}
