import type { MethodName } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { reflection } from '../../../generated/reflection';
import { refuse } from '../answers';
import type { Grant } from '../state/keys';
import { allows, everything, missingScopes } from '../state/keys';
import type { World } from '../state/world';

/** Who a call comes from. */
export type Principal =
  | (Grant & { readonly kind: 'pat' | 'session'; readonly userId: string })
  | (Grant & { readonly kind: 'appKey'; readonly userId: string; readonly appId: string })
  | { readonly kind: 'nobody' };

/** Tells who a call comes from, and whether its credential is good for it. */
export class Credentials {
  readonly #world: () => World;
  readonly #sessions = new Map<string, Principal>();

  readonly #isStrict: boolean;

  /**
   * @param world whose keys are accepted
   * @param isStrict takes nothing but a session where the protos want one
   */
  constructor(world: () => World, isStrict: boolean) {
    this.#world = world;
    this.#isStrict = isStrict;
  }

  /** A session may do what its user may, until the emulator ends. */
  addSession(token: string, userId: string): void {
    this.#sessions.set(token, { kind: 'session', userId, ...everything });
  }

  /** @throws Refusal in the service's words when the credential is missing, wrong, or not good for the RPC */
  authenticate(method: MethodName, metadata: Readonly<Record<string, unknown>>): Principal {
    const kind = reflection().methods[method]?.[4];
    if (kind === 'NoAuth') return { kind: 'nobody' };
    const principal = this.#principal(metadata);
    if (kind === 'PATAuth' && principal.kind === 'appKey')
      throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, `${method} needs a personal access token.`);
    if (this.#isStrict && kind === 'SessionTokenAuth' && principal.kind !== 'session')
      throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, `${method} needs a session token.`);
    if ('scopes' in principal && !allows(method, principal)) throw outOfScope(method, principal);
    return principal;
  }

  #principal(metadata: Readonly<Record<string, unknown>>): Principal {
    const session = metadata['x-clarifai-session-token'];
    if (metadata['authorization'] === undefined && typeof session === 'string' && session !== '') {
      const principal = this.#sessions.get(session);
      if (principal === undefined) throw refuse(StatusCode.CONN_KEY_INVALID, 'Invalid session token.');
      return principal;
    }
    return this.#keyHolder(keyOf(metadata['authorization']));
  }

  #keyHolder(key: string): Principal {
    const { keys, clock } = this.#world();
    const known = keys.get(key);
    if (known === undefined && !/^[0-9a-f]{32}$/.test(key))
      throw refuse(StatusCode.CONN_KEY_INVALID, 'Invalid format of key.');
    if (known === undefined) throw refuse(StatusCode.CONN_KEY_NOT_FOUND, 'invalid key(s)');
    if (hasExpired(known.message, clock.now())) throw refuse(StatusCode.CONN_KEY_INVALID, 'The key has expired.');
    return known.principal;
  }
}

/** @param nowMs when it would be used */
export function hasExpired(
  { expiresAt }: { readonly expiresAt?: { readonly seconds?: unknown } | undefined },
  nowMs: number,
): boolean {
  return expiresAt !== undefined && Number(expiresAt.seconds ?? 0) * 1000 <= nowMs;
}

function outOfScope(method: MethodName, grant: Grant): Error {
  const missing = missingScopes(method, grant);
  const details =
    missing.length === 0 ? `The key has no endpoint ${method}.` : `${method} needs ${missing.join(', ')}.`;
  return refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, details);
}

function keyOf(header: unknown): string {
  // The scheme is `Key` with a capital K: the service answers `key abc` as a malformed header.
  const key = typeof header === 'string' ? /^Key +(\S.*)$/.exec(header)?.[1]?.trim() : undefined;
  if (key !== undefined) return key;
  throw refuse(
    StatusCode.CONN_INVALID_REQUEST,
    'Empty or malformed authorization header. Please provide an API key or session token.',
  );
}
