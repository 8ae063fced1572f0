import type { GrpcCode } from '../../base/grpc-code';

/** Thrown to end a call with a gRPC status other than OK. */
export class GrpcFailure extends Error {
  override readonly name = 'GrpcFailure';

  constructor(
    readonly code: GrpcCode,
    readonly details: string,
    readonly trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
  }
}
