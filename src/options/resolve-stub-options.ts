import type { Interceptor } from '@grpc/grpc-js';
import {
  assertBoolean,
  assertDurationMs,
  assertFunction,
  assertInteger,
  assertObject,
  assertString,
  invalidArgument,
} from '../base/assert';
import type { StubOptions } from './client-options';
import { type ResolvedConnectionOptions, resolveConnectionOptions } from './connection-options';
import { resolveCredential, type StubCredential } from './credential';
import { defaultBase, defaultKeepaliveMs, defaultMaxReceiveBytes, defaultRequestIdPrefix } from './defaults';
import { type Environment, readEnvironment } from './environment';

export interface ResolvedStubOptions {
  readonly credential: StubCredential | undefined;
  readonly base: string;
  /** Where `base` comes from, for errors about it: the option's name, a variable's, or `default`. */
  readonly baseSource: string;
  readonly rootCertificates: string | Uint8Array | undefined;
  readonly rootCertificatesSource: string;
  readonly allowInsecure: boolean;
  readonly maxReceiveBytes: number;
  /** `null` sends no pings. */
  readonly keepaliveMs: number | null;
  readonly connections: ResolvedConnectionOptions;
  readonly requestIdPrefix: string;
  readonly interceptors: readonly Interceptor[];
}

export const stubOptionNames: readonly (keyof StubOptions)[] = [
  'pat',
  'apiKey',
  'sessionToken',
  'token',
  'base',
  'rootCertificates',
  'allowInsecure',
  'maxReceiveBytes',
  'keepaliveMs',
  'connections',
  'requestIdPrefix',
  'interceptors',
];

/** Largest message that gRPC can frame: its length is a signed 32-bit number in grpc-js. */
const largestMessageBytes = 0x7fffffff;

/** Completes and checks the options of a stub; what is not given comes from the environment, then from the defaults. */
export function resolveStubOptions(
  options: StubOptions = {},
  environment: Environment = readEnvironment(),
): ResolvedStubOptions {
  assertObject(options, 'options', stubOptionNames, { hideValue: true });
  return Object.freeze(resolveKnown(options, environment));
}

/** As `resolveStubOptions`, for options whose names are checked already. */
export function resolveKnown(options: StubOptions, environment: Environment): ResolvedStubOptions {
  const {
    allowInsecure = false,
    maxReceiveBytes = defaultMaxReceiveBytes,
    keepaliveMs = defaultKeepaliveMs,
    requestIdPrefix = defaultRequestIdPrefix,
    interceptors = [],
  } = options;
  assertBoolean(allowInsecure, 'allowInsecure');
  assertInteger(maxReceiveBytes, 'maxReceiveBytes', { min: 1, max: largestMessageBytes });
  if (keepaliveMs !== null) assertDurationMs(keepaliveMs, 'keepaliveMs', 1);
  assertString(requestIdPrefix, 'requestIdPrefix', { nonEmpty: true });
  if (!/^[\x21-\x7e]+$/.test(requestIdPrefix)) {
    throw invalidArgument('requestIdPrefix', 'printable ASCII without spaces', requestIdPrefix);
  }
  assertInterceptors(interceptors);
  return {
    credential: resolveCredential(options, environment),
    ...resolveBase(options.base, environment),
    ...resolveRootCertificates(options.rootCertificates, environment),
    allowInsecure,
    maxReceiveBytes,
    keepaliveMs,
    connections: resolveConnectionOptions(options.connections),
    requestIdPrefix,
    interceptors: [...interceptors],
  };
}

function assertInterceptors(interceptors: readonly Interceptor[]): void {
  if (!Array.isArray(interceptors)) {
    throw invalidArgument('interceptors', 'an array of grpc-js interceptors', interceptors);
  }
  interceptors.forEach((interceptor, index) => assertFunction(interceptor, `interceptors[${index}]`));
}

function resolveBase(
  base: unknown,
  { apiBase, grpcBase }: Environment,
): Pick<ResolvedStubOptions, 'base' | 'baseSource'> {
  if (base !== undefined) {
    assertString(base, 'base', { nonEmpty: true });
    return { base, baseSource: 'base' };
  }
  if (apiBase !== undefined) return { base: apiBase, baseSource: 'CLARIFAI_API_BASE' };
  if (grpcBase !== undefined) return { base: grpcBase, baseSource: 'CLARIFAI_GRPC_BASE' };
  return { base: defaultBase, baseSource: 'default' };
}

function resolveRootCertificates(
  given: unknown,
  { rootCertificatesPath }: Environment,
): Pick<ResolvedStubOptions, 'rootCertificates' | 'rootCertificatesSource'> {
  if (given === undefined) {
    return { rootCertificates: rootCertificatesPath, rootCertificatesSource: 'CLARIFAI_ROOT_CERTIFICATES_PATH' };
  }
  if (!(given instanceof Uint8Array) && (typeof given !== 'string' || given.trim() === '')) {
    const expected = 'certificates in PEM, or the path of a PEM file';
    throw invalidArgument('rootCertificates', expected, given, { hideValue: true });
  }
  return { rootCertificates: given, rootCertificatesSource: 'rootCertificates' };
}
