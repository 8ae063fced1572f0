import { PNG } from 'pngjs';
import { Clarifai } from '../../../../src/client';
import { createManualClock, type Emulator, type EmulatorOptions, startEmulator } from '../../../../src/emulator';

/** An emulator and a client of it, for one test. */
export interface Bench extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly clarifai: Clarifai;
}

/** Lets the emulator's time pass while a client waits. */
export async function passing<T>({ emulator }: Bench, waiting: Promise<T>): Promise<T> {
  const ticking = setInterval(() => emulator.advance(1_000), 5);
  return waiting.finally(() => clearInterval(ticking));
}

/**
 * Resolves when what the client has sent so far has arrived, such as pages of lists that were asked for in advance: requests
 * come in the order in which they were sent.
 */
export async function arrived({ clarifai, emulator: { userId } }: Pick<Bench, 'clarifai' | 'emulator'>): Promise<void> {
  await clarifai.rpc.GetUser({ userAppId: { userId } });
}

/** A picture of one colour. */
export function picture(red: number, green: number, blue: number): Uint8Array {
  const png = new PNG({ width: 8, height: 8 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, green, blue, 255], at);
  return PNG.sync.write(png);
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
