import type { MethodKind, MethodName, MethodShape, RequestOf, ResponseOf } from '../../../generated/methods';
import type { DeepPartial } from '../../wire/codec';
import type { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { World } from '../state/world';
import type { Principal } from './auth';

/** What a handler knows about its call beyond the request. */
export interface Call {
  readonly method: MethodName;
  readonly requestId: string;
  readonly principal: Principal;
  readonly world: World;
  /** Scripted outcomes of single items, by index. */
  readonly itemFaults: ReadonlyMap<number, StatusCode>;
  /** Aborted when the client cancels, its deadline passes or the emulator closes. */
  readonly signal: AbortSignal;
}

/** What a handler answers; a missing `status` means success. */
export type Answer<Name extends MethodName> = DeepPartial<ResponseOf<Name>>;

type HandlerOfKind<Kind extends MethodKind, Request, Response> = {
  unary: (request: Request, call: Call) => Response | Promise<Response>;
  serverStreaming: (request: Request, call: Call) => AsyncIterable<Response>;
  bidi: (requests: AsyncIterable<Request>, call: Call) => AsyncIterable<Response>;
}[Kind];

export type Handler<Name extends MethodName> = HandlerOfKind<MethodShape<Name>['kind'], RequestOf<Name>, Answer<Name>>;

/** Handlers of some RPCs, by name; the others are answered with UNIMPLEMENTED. */
export type Handlers = { readonly [Name in MethodName]?: Handler<Name> };
