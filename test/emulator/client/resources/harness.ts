import { Clarifai } from '../../../../src/client';
import { createManualClock, type Emulator, type EmulatorOptions, startEmulator } from '../../../../src/emulator';

/** An emulator and a client of it, for one test. */
export interface Bench extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly clarifai: Clarifai;
}

/** Starts both; inputs are processed, and models trained, when the test advances the emulator's clock. */
export async function startBench(options: EmulatorOptions = {}): Promise<Bench> {
  const emulator = await startEmulator({ clock: createManualClock(), ...options });
  const clarifai = new Clarifai({
    ...emulator.clientOptions,
    defaults: { retry: { baseDelayMs: 1, throttledDelayMs: 1 } },
  });
  return {
    emulator,
    clarifai,
    async [Symbol.asyncDispose]() {
      await clarifai.close({ behaviour: 'abort' });
      await emulator.close();
    },
  };
}
