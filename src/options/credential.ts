import { AuthenticationError } from '../base/errors';
import { assertFunction, assertString, invalidArgument, invalidRequest } from '../base/assert';
import type { CredentialOptions } from './client-options';
import type { Environment } from './environment';

/** Who is calling: a PAT or key, a session token, or a function that is asked for a PAT or key before every attempt. */
export type Credential = FixedCredential | { readonly kind: 'source'; readonly token: () => string | Promise<string> };

/** Who calls through a stub: `none` leaves it to the metadata of each call. */
export type StubCredential = Credential | { readonly kind: 'none' };

/** A credential that does not show its value in logs, JSON or `util.inspect`: that is a private field behind a getter. */
export class FixedCredential {
  readonly kind: 'key' | 'sessionToken';
  readonly #value: string;

  constructor(kind: 'key' | 'sessionToken', value: string) {
    this.kind = kind;
    this.#value = value;
  }

  get value(): string {
    return this.#value;
  }
}

const optionNames = ['pat', 'apiKey', 'sessionToken', 'token'] as const;

/** The one credential of the options; without any, the environment's: PAT, then session token, then key of an app. */
export function resolveCredential(options: CredentialOptions, environment: Environment): StubCredential | undefined {
  const [given, another] = optionNames.filter((name) => options[name] !== undefined);
  if (given !== undefined && another !== undefined) {
    throw invalidRequest(`Expected one credential, got two: \`${given}\` and \`${another}\``);
  }
  if (given === 'token') {
    const { token } = options;
    assertFunction(token, 'token', { hideValue: true });
    return { kind: 'source', token };
  }
  if (given === 'pat' && options.pat === null) return { kind: 'none' };
  if (given !== undefined) return fixed(given === 'sessionToken' ? 'sessionToken' : 'key', options[given], given);
  const { pat, sessionToken, apiKey } = environment;
  if (pat !== undefined) return fixed('key', pat, 'CLARIFAI_PAT');
  if (sessionToken !== undefined) return fixed('sessionToken', sessionToken, 'CLARIFAI_SESSION_TOKEN');
  return apiKey === undefined ? undefined : fixed('key', apiKey, 'CLARIFAI_API_KEY');
}

export function credentialMissing(): AuthenticationError {
  return new AuthenticationError(
    'No credential: give `pat`, `apiKey`, `sessionToken` or `token`, or set CLARIFAI_PAT; ' +
      'a personal access token is made at https://clarifai.com/settings/security',
    { code: 'CREDENTIAL_MISSING', source: 'client', category: 'auth' },
  );
}

function fixed(kind: 'key' | 'sessionToken', value: unknown, name: string): FixedCredential {
  const hidden = { nonEmpty: true, hideValue: true };
  assertString(value, name, hidden);
  if (/^(key|bearer)\s/i.test(value)) {
    throw invalidArgument(name, 'the credential alone, without `Key` or `Bearer` before it', value, hidden);
  }
  // Other characters do not fit a header, and grpc-js's own error would show the value.
  if (!/^[\x21-\x7e]+$/.test(value)) throw invalidArgument(name, 'printable ASCII without spaces', value, hidden);
  return new FixedCredential(kind, value);
}
