import { invalidRequest } from '../../base/assert';
import { randomId } from '../../base/ids';
import { GrpcCode } from '../../base/grpc-code';
import type { MethodName } from '../../../generated/methods';
import { reflection } from '../../../generated/reflection';
import type { AnswerStatus } from '../answers';
import { Refusal, success } from '../answers';
import type { World } from '../state/world';
import type { Credentials, Principal } from './auth';
import type { Call, Handlers } from './call';
import { noFault } from './fault-step';
import type { Faults } from './faults';
import { GrpcFailure } from './grpc-failure';
import { pause } from './pause';
import type { RateLimit } from './rate-limit';
import type { RequestLog } from './request-log';
import type { Message } from './visit';
import { Visit, codecsOf } from './visit';

/** A call as the transport hands it over. */
export interface IncomingCall {
  readonly method: MethodName;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly wire: Wire;
}

/** What faults can do to a call's connection and its answers on the way out. */
export interface Wire {
  goAway(http2Code: number): void;
  slowDown(bytesPerSecond: number): void;
}

export interface DispatcherParts {
  readonly world: World;
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit | undefined;
  readonly isStrict: boolean;
  /** Told of what a handler has done, also when it has refused; `undefined` when nobody wants to know. */
  readonly answered: ((method: MethodName) => void) | undefined;
  readonly handlerOf: (method: MethodName) => Handlers[MethodName];
}

type ExplainEncodeError = typeof import('../../rpc/explain-encode-error');
type UnaryHandler = (request: unknown, call: Call) => Promise<Message> | Message;
type StreamHandler = (request: unknown, call: Call) => AsyncIterable<Message>;

/** What every call goes through: log, faults, authentication, handler, answer. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  async unary(incoming: IncomingCall, bytes: Uint8Array): Promise<Uint8Array> {
    const visit = this.#open(incoming);
    try {
      const request = visit.decode(bytes);
      await this.#before(visit, incoming);
      const answer = await this.#unaryAnswer(visit, incoming, request);
      if (visit.fault.dropAfterCommit) throw visit.fault.failure ?? dropped();
      const encoded = visit.encode(answer);
      visit.succeed();
      return encoded;
    } catch (error) {
      throw visit.fail(error);
    }
  }

  /** A call whose answer streams; `takesStream` when its request does, too. */
  async *stream(
    incoming: IncomingCall,
    arriving: AsyncIterable<Uint8Array>,
    takesStream: boolean,
  ): AsyncGenerator<Uint8Array> {
    const visit = this.#open(incoming);
    try {
      const requests = decoded(visit, arriving, this.#parts.isStrict && takesStream);
      const request: unknown = takesStream ? requests : (await requests.next()).value;
      await this.#before(visit, incoming);
      let sent = 0;
      for await (const answer of this.#streamAnswers(visit, incoming, request)) {
        if (sent === visit.fault.cutAfter) break;
        yield visit.encode(answer);
        sent++;
      }
      if (visit.fault.cutAfter !== undefined) throw visit.fault.failure ?? cut();
      if (visit.fault.dropAfterCommit) throw visit.fault.failure ?? dropped();
      visit.succeed();
    } catch (error) {
      throw visit.fail(error);
    }
  }

  /**
   * What a unary RPC answers to its own emulator: past faults, log and limits.
   *
   * @throws InvalidRequestError that names the field of the request that cannot be encoded
   */
  async perform(method: MethodName, request: object, principal: Principal): Promise<AnswerStatus> {
    const copy = roundTrip(method, request);
    const handler = this.#handler(method) as UnaryHandler;
    const { world } = this.#parts;
    const { signal } = new AbortController();
    const call: Call = { method, requestId: '', principal, world, itemFaults: noFault.items, signal };
    try {
      const answer = await handler(copy, call);
      return answer.status ?? success;
    } catch (error) {
      if (error instanceof Refusal) return error.status;
      throw error;
    } finally {
      this.#parts.answered?.(method);
    }
  }

  #open({ method, metadata }: IncomingCall): Visit {
    const { world, faults, log } = this.#parts;
    const prefix = metadata['x-clarifai-request-id-prefix'];
    const id = randomId(world.randomBytes);
    const requestId = typeof prefix === 'string' && prefix !== '' ? `${prefix}-${id}` : id;
    return new Visit(method, requestId, log.open(method, world.clock.now(), metadata), faults.next(method));
  }

  async #before({ fault }: Visit, incoming: IncomingCall): Promise<void> {
    if (fault === noFault) return;
    const { latencyMs, failure, goAway, bytesPerSecond } = fault;
    if (goAway !== undefined) incoming.wire.goAway(goAway);
    if (bytesPerSecond !== undefined) incoming.wire.slowDown(bytesPerSecond);
    if (latencyMs > 0) await pause(this.#parts.world.clock, latencyMs, incoming.signal);
    if (failure !== undefined && fault.cutAfter === undefined && !fault.dropAfterCommit) throw failure;
  }

  async #unaryAnswer(visit: Visit, incoming: IncomingCall, request: unknown): Promise<Message> {
    if (visit.fault.status !== undefined) return { status: visit.fault.status };
    try {
      const call = this.#call(visit, incoming);
      if (this.#parts.isStrict) visit.assertStrict();
      const handler = this.#handler(visit.method) as UnaryHandler;
      return await handler(request, call);
    } catch (error) {
      return refusal(error);
    } finally {
      this.#parts.answered?.(visit.method);
    }
  }

  async *#streamAnswers(visit: Visit, incoming: IncomingCall, request: unknown): AsyncGenerator<Message> {
    if (visit.fault.status !== undefined) {
      yield { status: visit.fault.status };
      return;
    }
    try {
      const call = this.#call(visit, incoming);
      if (this.#parts.isStrict) visit.assertStrict();
      const handler = this.#handler(visit.method) as StreamHandler;
      yield* handler(request, call);
    } catch (error) {
      yield refusal(error);
    } finally {
      this.#parts.answered?.(visit.method);
    }
  }

  #handler(method: MethodName): unknown {
    const handler = this.#parts.handlerOf(method);
    if (handler === undefined)
      throw new GrpcFailure(GrpcCode.UNIMPLEMENTED, `The emulator does not implement ${method}`);
    return handler;
  }

  /** The credential is checked first: to a stranger, RPCs that are implemented and those that are not look alike. */
  #call(visit: Visit, incoming: IncomingCall): Call {
    const { world, credentials, rateLimit } = this.#parts;
    const principal = credentials.authenticate(visit.method, incoming.metadata);
    rateLimit?.take(principal, world.clock.now());
    return {
      method: visit.method,
      requestId: visit.requestId,
      principal,
      world,
      itemFaults: visit.fault.items,
      get signal() {
        return incoming.signal;
      },
    };
  }
}

/** The request as its handler would get it from the wire. */
function roundTrip(method: MethodName, request: object): unknown {
  const codec = codecsOf(method).request;
  try {
    return codec.decode(codec.encode(request));
  } catch (error) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the emulator
    const { explainEncodeError } = require('../../rpc/explain-encode-error') as ExplainEncodeError;
    const typeName = reflection().methods[method]?.[1] ?? '';
    throw invalidRequest(explainEncodeError(typeName, request, error as Error), { cause: error });
  }
}

async function* decoded(visit: Visit, arriving: AsyncIterable<Uint8Array>, isStrict: boolean): AsyncGenerator {
  for await (const bytes of arriving) {
    const request = visit.decode(bytes);
    if (isStrict) visit.assertStrict();
    yield request;
  }
}

function refusal(error: unknown): Message {
  if (error instanceof Refusal) return { status: error.status };
  throw error;
}

function cut(): GrpcFailure {
  return new GrpcFailure(GrpcCode.UNAVAILABLE, 'Scripted end of the stream');
}

function dropped(): GrpcFailure {
  return new GrpcFailure(GrpcCode.UNAVAILABLE, 'Scripted drop: the work was done, the answer is lost');
}
