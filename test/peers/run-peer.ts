import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const peers = __dirname;
/** Where the packages of peers are, for `NODE_PATH`. */
export const peerModules: string = join(peers, 'node_modules');

export interface PeerRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface PeerRunOptions {
  readonly cwd: string;
  /** Variables beside those that find programs; nothing else of this process's environment gets through. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Installs what test/peers/package-lock.json names, unless that has been done. */
export function installPeers(): void {
  const script = `import { installPeers } from ${JSON.stringify(pathToFileURL(join(peers, 'install.mjs')).href)}; installPeers();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Runs a Node script in a process of its own. */
export function runPeer(
  script: string,
  args: readonly string[],
  { cwd, environment }: PeerRunOptions,
): Promise<PeerRun> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...environment };
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, [script, ...args], options, (_error, stdout, stderr) => {
      resolve({ stdout, stderr, status: child.exitCode });
    });
    child.stdin?.end();
  });
}
