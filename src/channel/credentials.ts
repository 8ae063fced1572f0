import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { invalidArgument } from '../base/assert';
import type { Target } from './target';

const pemMark = '-----BEGIN CERTIFICATE-----';

/** TLS with Node's own or the given root certificates, or plaintext, as the target says; `source` names the certificates in errors. */
export function channelCredentials(
  target: Target,
  rootCertificates?: string | Uint8Array,
  source = 'rootCertificates',
): ChannelCredentials {
  if (!target.secure) return credentials.createInsecure();
  if (rootCertificates === undefined) return credentials.createSsl();
  return credentials.createSsl(readPem(rootCertificates, source));
}

function readPem(rootCertificates: string | Uint8Array, source: string): Buffer {
  try {
    const isPath = typeof rootCertificates === 'string' && !rootCertificates.includes(pemMark);
    const pem = isPath ? readFileSync(rootCertificates) : Buffer.from(rootCertificates);
    // TLS takes anything for certificates and then trusts nobody; this reads the first one.
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    // What was given may be a private key, and an error of the file system shows what it took for a path.
    const [reason, cause] = isFileError(error) ? [` (${error.code})`, undefined] : ['', error];
    const expected = `certificates in PEM, or the path of a readable PEM file${reason}`;
    throw invalidArgument(source, expected, rootCertificates, { hideValue: true, cause });
  }
}

function isFileError(error: unknown): error is { readonly code: string } {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}
