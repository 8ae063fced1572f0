import type { MethodName } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { reflection } from '../../../generated/reflection';
import { refuse } from '../answers';

/** Who a call comes from. */
export type Principal =
  | { readonly kind: 'pat' | 'session'; readonly userId: string }
  | { readonly kind: 'appKey'; readonly userId: string; readonly appId: string }
  | { readonly kind: 'nobody' };

/** The credentials that the emulator accepts. */
export class Credentials {
  readonly #keys = new Map<string, Principal>();
  readonly #sessions = new Map<string, Principal>();

  addPat(pat: string, userId: string): void {
    this.#keys.set(pat, { kind: 'pat', userId });
  }

  addAppKey(key: string, userId: string, appId: string): void {
    this.#keys.set(key, { kind: 'appKey', userId, appId });
  }

  addSession(token: string, userId: string): void {
    this.#sessions.set(token, { kind: 'session', userId });
  }

  /** @throws Refusal in the service's words when the credential is missing, wrong, or not of the kind that the RPC wants */
  authenticate(method: MethodName, metadata: Readonly<Record<string, unknown>>): Principal {
    const kind = reflection().methods[method]?.[4];
    if (kind === 'NoAuth') return { kind: 'nobody' };
    const principal = this.#principal(metadata);
    if (kind === 'PATAuth' && principal.kind === 'appKey') {
      throw refuse(StatusCode.CONN_INSUFFICIENT_SCOPES, `${method} needs a personal access token.`);
    }
    return principal;
  }

  #principal(metadata: Readonly<Record<string, unknown>>): Principal {
    const session = metadata['x-clarifai-session-token'];
    if (metadata['authorization'] === undefined && typeof session === 'string' && session !== '') {
      const principal = this.#sessions.get(session);
      if (principal === undefined) throw refuse(StatusCode.CONN_KEY_INVALID, 'Invalid session token.');
      return principal;
    }
    const key = keyOf(metadata['authorization']);
    const principal = this.#keys.get(key);
    if (principal !== undefined) return principal;
    if (!/^[0-9a-f]{32}$/.test(key)) throw refuse(StatusCode.CONN_KEY_INVALID, 'Invalid format of key.');
    throw refuse(StatusCode.CONN_KEY_NOT_FOUND, 'invalid key(s)');
  }
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
