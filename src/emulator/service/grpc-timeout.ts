const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000_001 };

/** Milliseconds of a `grpc-timeout` header; `undefined` when there is none, or none that means anything. */
export function parseGrpcTimeout(header: unknown): number | undefined {
  const match = typeof header === 'string' ? /^(\d{1,8})([HMSmun])$/.exec(header) : null;
  const unit = match?.[2] === undefined ? undefined : unitMs[match[2]];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}
