/** A value that does not fit its field. The stub turns it into an error that names the RPC and the path of the field. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';

  constructor(
    readonly expected: string,
    readonly value: unknown,
  ) {
    super(`Expected ${expected}`);
  }
}

/** Bytes that are not a valid message of the expected type. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** Protobuf's own limit on how deep messages (and groups) may nest; a cycle in a caller's object meets it too. */
export const maxDepth = 100;
