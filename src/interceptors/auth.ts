import type { Metadata } from '@grpc/grpc-js';
import { invalidRequest } from '../base/assert';
import { describeHidden } from '../base/describe';
import { AuthenticationError } from '../base/errors';
import { credentialMissing } from '../options/credential';
import type { StubCredential } from '../options/credential';
import { mergeMetadata } from './merge-metadata';

export interface AuthOptions {
  readonly credential: StubCredential | undefined;
  /** Metadata that goes with every call. */
  readonly base: Metadata;
  /** Whether a credential may be sent at all: not in plaintext to another machine, unless the caller allowed it. */
  readonly mayAuthenticate: boolean;
}

/**
 * The metadata of one attempt. A credential in `own`, what the caller gave with the call, replaces the stub's;
 * `optional` says of an RPC that it can do without.
 */
export type Authenticate = (own: Metadata | undefined, optional: () => boolean) => Metadata | Promise<Metadata>;

export const keyHeader = 'authorization';
export const sessionTokenHeader = 'x-clarifai-session-token';

export function createAuth({ credential, base, mayAuthenticate }: AuthOptions): Authenticate {
  const nobody = credential?.kind === 'none';
  if (credential !== undefined && !nobody && !mayAuthenticate) throw plaintextRefused();
  // Built once: grpc-js copies the metadata of every call.
  const fixed = credential?.kind === 'source' || credential?.kind === 'none' ? undefined : credential;
  const shared = fixed === undefined ? undefined : withCredential(base, fixed.kind, fixed.value);
  return (own, optional) => {
    if (own === undefined && shared !== undefined) return shared;
    if (own !== undefined && carriesCredential(own)) {
      if (!mayAuthenticate) throw plaintextRefused();
      return mergeMetadata(base, own);
    }
    if (shared !== undefined) return mergeMetadata(shared, own);
    if (credential?.kind !== 'source') {
      if (nobody || optional()) return mergeMetadata(base, own);
      throw credentialMissing();
    }
    return askSource(credential.token).then((value) => mergeMetadata(withCredential(base, 'key', value), own));
  };
}

function carriesCredential(metadata: Metadata): boolean {
  return metadata.get(keyHeader).length > 0 || metadata.get(sessionTokenHeader).length > 0;
}

function withCredential(base: Metadata, kind: 'key' | 'sessionToken', value: string): Metadata {
  const metadata = base.clone();
  // The service wants `Key` with a capital K.
  if (kind === 'key') metadata.set(keyHeader, `Key ${value}`);
  else metadata.set(sessionTokenHeader, value);
  return metadata;
}

async function askSource(token: () => string | Promise<string>): Promise<string> {
  let value: unknown;
  try {
    value = await token();
  } catch (cause) {
    throw tokenFailed('`token()` failed, see the cause', cause);
  }
  // Metadata's own error would show the value.
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return value;
  throw tokenFailed(`Expected \`token()\` to be printable ASCII without spaces, got ${describeHidden(value)}`);
}

function tokenFailed(message: string, cause?: unknown): AuthenticationError {
  return new AuthenticationError(message, { code: 'TOKEN_SOURCE_FAILED', source: 'client', category: 'auth', cause });
}

function plaintextRefused(): Error {
  return invalidRequest(
    'A credential would be sent without encryption to another machine: use an https:// base, or set `allowInsecure` to true',
    { code: 'INSECURE_CREDENTIAL' },
  );
}
