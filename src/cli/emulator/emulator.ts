import { existsSync } from 'node:fs';
import type { Emulator } from '../../emulator/index';
import { startEmulator } from '../../emulator/index';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';
import { readSeed } from './read-seed';
import { untilStopped } from './until-stopped';

export async function emulator(given: Given, terminal: Terminal): Promise<ExitCode> {
  const parentPid = process.ppid;
  const [seed, persist] = [given.text('seed'), given.text('persist')];
  // A state that was kept has had its seed.
  const isNew = persist === undefined || !existsSync(persist);
  const planted = seed === undefined || !isNew ? {} : await readSeed(seed);
  await using running = await startEmulator({
    host: given.text('host'),
    port: given.number('port', { min: 0, max: 65_535, integer: true }),
    tls: given.flag('tls'),
    allowRemote: given.flag('allowRemote'),
    persist,
    strict: given.flag('strict'),
    storeBytes: given.flag('storeBytes'),
    fetchHosts: given.text('fetchHosts')?.split(','),
    keepAlive: true,
  });
  try {
    await running.seed(planted);
  } catch (cause) {
    throw new Error(`${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  // Listening before the address is told: who reads it may end this process at once.
  const stopped = untilStopped(parentPid, given.flag('detached'));
  await terminal.out(given.flag('json') ? `${JSON.stringify(toJson(running))}\n` : toText(running));
  if (!given.flag('json')) terminal.err('The emulator is running; Ctrl-C stops it.\n');
  await stopped;
  return exitCode.ok;
}

/** The names are an interface: they are added to, and never changed. */
function toJson({ base, port, userId, appId, pat, apiKey, sessionToken, rootCertificatesPath }: Emulator): object {
  return {
    base,
    port,
    pid: process.pid,
    userId,
    appId,
    pat,
    apiKey,
    sessionToken,
    rootCertificatesPath: rootCertificatesPath ?? null,
  };
}

/** Lines that a shell and an .env file take, so that the clients of this package and of others find the emulator. */
function toText({ base, userId, appId, pat, apiKey, sessionToken, rootCertificatesPath }: Emulator): string {
  return [
    `CLARIFAI_API_BASE=${base}`,
    `CLARIFAI_USER_ID=${userId}`,
    `CLARIFAI_APP_ID=${appId}`,
    `CLARIFAI_PAT=${pat}`,
    ...(rootCertificatesPath === undefined ? [] : [`CLARIFAI_ROOT_CERTIFICATES_PATH=${rootCertificatesPath}`]),
    `# instead of the PAT: CLARIFAI_API_KEY=${apiKey} or CLARIFAI_SESSION_TOKEN=${sessionToken}`,
    '',
  ].join('\n');
}
