import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { startEmulator } from '../../emulator/index';
import { Clarifai, type Source } from '../../index';

/** A client whose requests go to an emulator in this process, which refuses what the service would: nothing leaves the machine. */
export class Rehearsal implements AsyncDisposable {
  readonly clarifai: Clarifai;
  readonly #end: () => Promise<void>;
  readonly #datasets = new Set<string>();

  constructor(clarifai: Clarifai, end: () => Promise<void>) {
    this.clarifai = clarifai;
    this.#end = end;
  }

  /** The same source; the emulator's app, which is empty, gets each dataset before the first input that joins it. */
  prepared(source: Source): Source {
    const prepare = (input: unknown): Promise<void> => this.#makeDatasets(input);
    return {
      ...source,
      async *read(options) {
        for await (const lease of source.read(options)) {
          await prepare(lease.input);
          yield lease;
        }
      },
    };
  }

  /** The same for the inputs in a file of dead letters. */
  async prepareFor(deadLetters: string): Promise<void> {
    for await (const line of createInterface(createReadStream(deadLetters))) {
      try {
        await this.#makeDatasets((JSON.parse(line) as { readonly input?: unknown }).input);
      } catch {
        // The run says what is wrong with the line.
      }
    }
  }

  async #makeDatasets(input: unknown): Promise<void> {
    for (const id of datasetsOf(input)) {
      if (this.#datasets.has(id)) continue;
      this.#datasets.add(id);
      // An id that cannot be one is the failure of the input.
      await this.clarifai
        .app()
        .datasets.create(id)
        .catch(() => undefined);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clarifai.close();
    await this.#end();
  }
}

export async function createRehearsal(): Promise<Rehearsal> {
  const emulator = await startEmulator();
  return new Rehearsal(new Clarifai(emulator.clientOptions), () => emulator.close());
}

function datasetsOf(input: unknown): readonly string[] {
  const ids = typeof input === 'object' && input !== null && 'datasetIds' in input ? input.datasetIds : undefined;
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}
