/** What can happen to a call below gRPC: its stream is reset, its connection ends, or nothing ever comes back. */
export type WireBreak =
  | { readonly kind: 'reset'; readonly http2Code: number }
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'blackHole' };

/** Thrown to end a call without a gRPC status. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  constructor(readonly wireBreak: WireBreak) {
    super(`Scripted ${wireBreak.kind}`);
  }
}
