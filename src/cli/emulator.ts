import { existsSync } from 'node:fs';
import type { Emulator } from '../emulator/index';
import { startEmulator } from '../emulator/index';
import type { CommandOptions, Output } from './command';
import { type ExitCode, exitCode } from './exit-code';
import { readSeed } from './read-seed';
import { untilStopped } from './until-stopped';

/** `clarifai-grpc emulator [--host HOST] [--port PORT] [--tls] [--seed FILE] [--json]`, and what `commands` says beside */
export async function emulator(
  _argument: string | undefined,
  options: CommandOptions,
  { out, err }: Output,
): Promise<ExitCode> {
  const parentPid = process.ppid;
  const { host, port, seed, persist, fetchHosts } = texts(options);
  // A state that was kept has had its seed.
  const isNew = persist === undefined || !existsSync(persist);
  const planted = seed === undefined || !isNew ? {} : await readSeed(seed);
  await using running = await startEmulator({
    host,
    port: port === undefined ? undefined : Number(port),
    tls: options['tls'] === true,
    allowRemote: options['allowRemote'] === true,
    persist,
    strict: options['strict'] === true,
    storeBytes: options['storeBytes'] === true,
    fetchHosts: fetchHosts?.split(','),
    keepAlive: true,
  });
  try {
    await running.seed(planted);
  } catch (cause) {
    throw new Error(`${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  // Listening before the address is told: who reads it may end this process at once.
  const stopped = untilStopped(parentPid, options['detached'] === true);
  out(options['json'] === true ? `${JSON.stringify(toJson(running))}\n` : toText(running));
  if (options['json'] !== true) err('The emulator is running; Ctrl-C stops it.\n');
  await stopped;
  return exitCode.ok;
}

function texts(options: CommandOptions): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
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
