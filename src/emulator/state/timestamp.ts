/** A google.protobuf.Timestamp as the encoder takes it. */
export interface TimestampParts {
  readonly seconds: number;
  readonly nanos: number;
}

export function toTimestamp(ms: number): TimestampParts {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1_000_000) };
}
