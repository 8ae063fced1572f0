import { invalidArgument } from '../base/assert';

/** Fails for a stream where one input, or one medium, is expected: it could not be sent a second time. */
export function assertNoStream(value: unknown, name: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (!('pipe' in value) && !('getReader' in value)) return;
  const expected =
    'read already, and no stream: give a file as { file }, or read the stream, such as with `buffer` of node:stream/consumers';
  throw invalidArgument(name, expected, value);
}

/** Whether it is a stream whose pieces are bytes: where one ends says nothing about what is in it. */
export function isStreamOfBytes(value: object): boolean {
  if ('readableObjectMode' in value) return value.readableObjectMode === false;
  // Node loads its Web streams when one is first named.
  return 'getReader' in value && value instanceof ReadableStream && givesBytes(value);
}

/** A Web stream tells by which readers it gives out. */
function givesBytes(stream: ReadableStream): boolean {
  try {
    stream.getReader({ mode: 'byob' }).releaseLock();
    return true;
  } catch {
    return false;
  }
}
