import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator, EmulatorOptions } from '../../src/emulator/index';
import { startEmulator } from '../../src/emulator/index';
import { RawClient, patHeaders } from './raw-client';

/** An emulator with a client that is signed in; both end with the scope. */
export interface Harness extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly client: RawClient;
  /** The app's user_app_id. */
  readonly userAppId: { readonly userId: string; readonly appId: string };
}

export async function startHarness(options: EmulatorOptions = {}): Promise<Harness> {
  const emulator = await startEmulator(options);
  const client = new RawClient(emulator.base, patHeaders(emulator.pat));
  const { userId, appId } = emulator;
  return {
    emulator,
    client,
    userAppId: { userId, appId },
    async [Symbol.asyncDispose]() {
      client.close();
      await emulator.close();
    },
  };
}

/** A real photograph, 512 by 384. */
export function photograph(): Buffer {
  return readFileSync(join(__dirname, '../../node_modules/clarifai-nodejs-grpc/tests/assets/metro-north.jpg'));
}
