import type { Key } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { reflection } from '../../../generated/reflection';
import { refuse } from '../answers';
import type { Principal } from '../service/auth';
import type { Stored } from './app-state';
import type { World } from './world';

/** The types of keys, as the API calls them. */
export const appKeyType = 'app_specific_key';
export const patType = 'personal_access_token';

/** What may be done with a key: all that its scopes and, if there are any, its endpoints have in common. */
export interface Grant {
  /** Names of scopes; `All` stands for every one. */
  readonly scopes: readonly string[];
  /** Paths of RPCs; none stand for every one. */
  readonly endpoints: readonly string[];
}

/** A key, and who comes with it. */
export interface KeyState {
  readonly message: Stored<Key>;
  readonly principal: Exclude<Principal, { readonly kind: 'nobody' }>;
}

export const everything: Grant = { scopes: ['All'], endpoints: [] };

/** Adds a key, or puts it in the place of the one with the same id. */
export function setKey({ keys }: World, userId: string, message: Stored<Key>): KeyState {
  const { scopes = [], endpoints = [] } = message;
  const appId = message.type === patType ? undefined : message.apps?.[0]?.id;
  const principal =
    appId === undefined
      ? ({ kind: 'pat', userId, scopes, endpoints } as const)
      : ({ kind: 'appKey', userId, appId, scopes, endpoints } as const);
  const key = { message, principal };
  keys.set(message.id, key);
  return key;
}

/** The scopes that an RPC wants and a grant lacks. */
export function missingScopes(method: string, { scopes }: Grant): readonly string[] {
  if (scopes.includes('All')) return [];
  return scopesOf(method).filter((scope) => !scopes.includes(scope));
}

export function allows(method: string, grant: Grant): boolean {
  const { endpoints } = grant;
  return (
    (endpoints.length === 0 || endpoints.includes(endpointOf(method))) && missingScopes(method, grant).length === 0
  );
}

function scopesOf(method: string): readonly string[] {
  return reflection().methods[method]?.[5] ?? [];
}

/** An RPC as keys name it. */
export function endpointOf(method: string): string {
  return `/clarifai.api.V2/${method}`;
}

export function allScopes(): readonly string[] {
  return (reflection().enums['clarifai.auth.scope.S'] ?? []).map(([name]) => name).filter((name) => name !== 'undef');
}

/** What a scope is worth nothing without, by the convention of the protos: adding needs getting, deleting needs both. */
export function scopesBelow(scope: string): readonly string[] {
  const [, noun = '', verb = ''] = /^(.*)_(Add|Delete)$/.exec(scope) ?? [];
  const below = verb === 'Add' ? ['Get'] : verb === 'Delete' ? ['Add', 'Get'] : [];
  return below.map((one) => `${noun}_${one}`);
}

/**
 * The grant that somebody asks for, with the scopes that its endpoints need.
 *
 * @throws Refusal for what there is not, or what would be of no use
 */
export function toGrant(asked: Grant): Grant {
  const { endpoints } = asked;
  const unknownEndpoint = endpoints.find((endpoint) => !endpointNames().has(endpoint));
  if (unknownEndpoint !== undefined) throw invalid(`There is no endpoint '${unknownEndpoint}'.`);
  const needed = endpoints.flatMap((endpoint) => scopesOf(endpoint.slice(endpoint.lastIndexOf('/') + 1)));
  const scopes = [...new Set([...asked.scopes, ...needed])];
  if (scopes.length === 0) throw invalid('Expected at least one scope or endpoint.');
  for (const scope of asked.scopes) {
    if (!allScopes().includes(scope)) throw invalid(`There is no scope '${scope}'.`);
    const missing = scopesBelow(scope).filter((below) => !scopes.includes(below));
    if (missing.length > 0) throw invalid(`The scope '${scope}' needs ${missing.join(' and ')}.`);
  }
  return { scopes, endpoints };
}

function endpointNames(): ReadonlySet<string> {
  return new Set(Object.keys(reflection().methods).map(endpointOf));
}

function invalid(details: string): Error {
  return refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, details);
}
