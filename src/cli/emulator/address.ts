import type { Emulator } from '../../emulator/index';

/** What is told of an emulator that runs. The names are an interface: they are added to, and never changed. */
export interface Address extends Pick<
  Emulator,
  'base' | 'port' | 'userId' | 'appId' | 'pat' | 'apiKey' | 'sessionToken'
> {
  readonly pid: number;
  readonly rootCertificatesPath: string | null;
}

export function addressOf(emulator: Emulator): Address {
  const { base, port, userId, appId, pat, apiKey, sessionToken, rootCertificatesPath = null } = emulator;
  return { base, port, pid: process.pid, userId, appId, pat, apiKey, sessionToken, rootCertificatesPath };
}

/** One line of JSON. */
export function toJson(address: Address): string {
  return `${JSON.stringify(address)}\n`;
}

/** Lines that a shell and an .env file take, so that the clients of this package and of others find the emulator. */
export function toText({ base, userId, appId, pat, apiKey, sessionToken, rootCertificatesPath }: Address): string {
  return [
    `CLARIFAI_API_BASE=${base}`,
    `CLARIFAI_USER_ID=${userId}`,
    `CLARIFAI_APP_ID=${appId}`,
    `CLARIFAI_PAT=${pat}`,
    ...(rootCertificatesPath === null ? [] : [`CLARIFAI_ROOT_CERTIFICATES_PATH=${rootCertificatesPath}`]),
    `# instead of the PAT: CLARIFAI_API_KEY=${apiKey} or CLARIFAI_SESSION_TOKEN=${sessionToken}`,
    '',
  ].join('\n');
}
