import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionalPackage } from '../../base/optional-package';

/** What a TLS server shows, and what its clients must trust. */
export interface Certificates {
  /** The CA, in PEM. */
  readonly root: string;
  /** A file that holds the CA, for clients that take a path. */
  readonly rootPath: string;
  readonly certificate: string;
  readonly key: string;
  /** Removes the file. */
  remove(): Promise<void>;
}

const dayMs = 86_400_000;

/** Makes a CA that lives for a month, and with it a certificate for localhost, loopback and other host names. */
export async function createCertificates(hostNames: readonly string[]): Promise<Certificates> {
  const { generate } = optionalPackage(
    'selfsigned',
    'TLS needs',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    () => require('selfsigned') as typeof import('selfsigned'),
  );
  const nowMs = Date.now();
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + 30 * dayMs),
  } as const;
  // The name is unique so that a store that holds several of these CAs cannot mistake one for another.
  const caName = `clarifai-grpc emulator ${randomBytes(4).toString('hex')}`;
  const ca = await generate([{ name: 'commonName', value: caName }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const names = [...new Set(['localhost', '127.0.0.1', '::1', ...hostNames])];
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'clarifai-emulator-'));
  const rootPath = join(folder, 'ca.pem');
  await writeFile(rootPath, ca.cert);
  return {
    root: ca.cert,
    rootPath,
    certificate: leaf.cert,
    key: leaf.private,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
