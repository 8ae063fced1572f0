import type { MethodKind, MethodName, MethodRow } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import { GrpcCode } from '../../base/grpc-code';
import type { Codec } from '../../wire/codec';
import { DecodeError } from '../../wire/errors';
import type { AnswerStatus } from '../answers';
import { success } from '../answers';
import type { Fault } from './fault-step';
import { GrpcFailure } from './grpc-failure';
import type { RequestEntry } from './request-log';
import { assertStrict } from './strict';
import { WireFailure } from './wire-failure';

/** An answer of any RPC: they all carry a status. */
export type Message = { readonly [field: string]: unknown; readonly status?: AnswerStatus };

interface Codecs {
  readonly request: Codec<unknown>;
  readonly response: Codec<Message>;
}

/** Codecs of the RPCs that were called: the table of methods looks its modules up anew each time. */
const codecsByMethod = new Map<MethodName, Codecs>();

export function codecsOf(method: MethodName): Codecs {
  const known = codecsByMethod.get(method);
  if (known !== undefined) return known;
  // Sanctioned cast: past this point a message is whatever its own codec makes of it.
  const row = methods[method] as unknown as MethodRow<MethodKind, unknown, Message>;
  const codecs = { request: row.request(), response: row.response() };
  codecsByMethod.set(method, codecs);
  return codecs;
}

/** One call on its way through the emulator: turns its messages into objects and back, and keeps its log entry true. */
export class Visit {
  readonly #codecs: Codecs;
  #received: Uint8Array | undefined;

  constructor(
    readonly method: MethodName,
    readonly requestId: string,
    readonly entry: RequestEntry,
    readonly fault: Fault,
  ) {
    this.#codecs = codecsOf(method);
  }

  decode(bytes: Uint8Array): unknown {
    const request = this.#codecs.request.decode(bytes);
    this.#received = bytes;
    this.entry.add(bytes);
    return request;
  }

  /** @throws Refusal when there is something in the last message that was decoded which a strict service would not take */
  assertStrict(): void {
    if (this.#received !== undefined) assertStrict(this.method, this.#received);
  }

  encode(answer: Message): Uint8Array {
    const status = { ...(answer.status ?? success), reqId: this.requestId };
    const bytes = this.#codecs.response.encode({ ...answer, status });
    this.entry.statusCode = status.code;
    return bytes;
  }

  /** What an error ends the call with: a gRPC status, unless the wire breaks. */
  fail(error: unknown): GrpcFailure | WireFailure {
    if (error instanceof WireFailure) return error;
    const failure = toGrpcFailure(error);
    this.entry.grpcCode = failure.code;
    return failure;
  }

  succeed(): void {
    this.entry.grpcCode = GrpcCode.OK;
  }
}

function toGrpcFailure(error: unknown): GrpcFailure {
  if (error instanceof GrpcFailure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  // What grpc-go, which serves the real service, says about bytes that are not the message.
  if (error instanceof DecodeError)
    return new GrpcFailure(GrpcCode.INTERNAL, `grpc: error unmarshalling request: ${reason}`);
  return new GrpcFailure(GrpcCode.INTERNAL, `The emulator could not answer: ${reason}`);
}
