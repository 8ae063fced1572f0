import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const repositoryRoot: string = join(__dirname, '../..');

export interface Run {
  readonly status: number | null;
  /** Both streams in the order stdout, stderr. */
  readonly output: string;
}

/** A temporary folder, and Node running in it. */
export class Folder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'clarifai-grpc-'));

  write(name: string, content: string | Uint8Array): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  node(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.#run(process.execPath, args, environment);
  }

  /** Runs a script in bash. */
  shell(script: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.#run('bash', ['-c', script], environment);
  }

  #run(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Run> {
    const options = { cwd: this.path, env: { ...process.env, ...environment }, timeout: 120_000 };
    return new Promise((resolve) => {
      const child = execFile(file, args, options, (_error, stdout, stderr) => {
        resolve({ status: child.exitCode, output: stdout + stderr });
      });
      child.stdin?.end();
    });
  }

  /** Runs a command of this repository's development tools, given as its script below node_modules. */
  tool(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.node([join(repositoryRoot, 'node_modules', script), ...args], environment);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
