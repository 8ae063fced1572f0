import { assertIterable, invalidArgument } from '../base/assert';
import { isStreamOfBytes } from './streams';

/** Fails unless it is something to take inputs from, one after another. */
export function assertInputs(value: unknown, name: string): void {
  assertIterable(value, name);
  if (isStreamOfBytes(value)) {
    const expected =
      'a stream of inputs, in object mode, and not one of bytes (a file is an input as [{ file }], its lines are some by fromCsv and fromJsonLines)';
    throw invalidArgument(name, expected, value);
  }
  // Bytes are iterable, too: each byte would be an input.
  if (ArrayBuffer.isView(value)) throw invalidArgument(name, 'several inputs, such as [bytes]', value);
}
