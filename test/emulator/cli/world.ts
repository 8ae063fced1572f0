import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/index';
import { type Ran, type RanWith, ran } from '../../unit/cli/ran';

/** An emulator, and a home of its own for what the command keeps. */
export interface World extends AsyncDisposable {
  readonly emulator: Emulator;
  /** A folder of this world's own, which is also HOME. */
  readonly folder: string;
  /** HOME, and what the emulator prints for its clients. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command line in this process, in this world's environment. */
  ran(args: readonly string[], more?: RanWith): Promise<Ran>;
  /** Writes a file in the folder, and returns its path. */
  file(name: string, contents: string | Uint8Array): string;
}

export async function startWorld(options: EmulatorOptions = {}): Promise<World> {
  const emulator = await startEmulator(options);
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const env = {
    HOME: folder,
    CLARIFAI_API_BASE: emulator.base,
    CLARIFAI_PAT: emulator.pat,
    CLARIFAI_USER_ID: emulator.userId,
    CLARIFAI_APP_ID: emulator.appId,
  };
  return {
    emulator,
    folder,
    env,
    ran: (args, more) => ran(args, { env, ...more }),
    file(name, contents) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
      return path;
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
      await emulator.close();
    },
  };
}
