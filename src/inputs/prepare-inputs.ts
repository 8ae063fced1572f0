import { setImmediate } from 'node:timers/promises';
import { invalidArgument } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import type { InputLike, InputsLike } from './input-like';
import { type BuiltInput, toInput } from './to-input';

/** An input with its place in the source: built, or found to be wrong. */
export type PreparedInput =
  | (BuiltInput & { readonly index: number; readonly id: string | undefined; readonly ok: true })
  | { readonly index: number; readonly id: string | undefined; readonly ok: false; readonly error: ClarifaiError };

/** Inputs that are built before other work of the process gets a turn: well below a millisecond of it. */
const inputsPerTurn = 128;

/** Builds inputs one by one as they are asked for. What is wrong with one of them does not stop the others. */
export async function* prepareInputs(
  inputs: InputsLike,
  complete: (built: BuiltInput) => BuiltInput = (built) => built,
): AsyncGenerator<PreparedInput, void, undefined> {
  let index = 0;
  for await (const inputLike of inputs) {
    yield await prepare(inputLike, index++, complete);
    // Inputs that nothing has to wait for would keep timers and signals from their turn.
    if (index % inputsPerTurn === 0) await setImmediate();
  }
}

async function prepare(
  inputLike: InputLike,
  index: number,
  complete: (built: BuiltInput) => BuiltInput,
): Promise<PreparedInput> {
  try {
    const built = complete(await toInput(inputLike, `inputs[${index}]`));
    return { ...built, index, id: built.message.id, ok: true };
  } catch (error) {
    // A Blob that cannot be read, or a getter that throws, is that input's failure too.
    const failure =
      error instanceof ClarifaiError
        ? error
        : invalidArgument(`inputs[${index}]`, 'an input that can be read', inputLike, { cause: error });
    return { index, id: givenId(inputLike), ok: false, error: failure };
  }
}

function givenId(inputLike: InputLike): string | undefined {
  if (typeof inputLike !== 'object' || inputLike === null || !('id' in inputLike)) return undefined;
  return typeof inputLike.id === 'string' ? inputLike.id : undefined;
}
