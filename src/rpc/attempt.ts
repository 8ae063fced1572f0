import { methods } from '../../generated/methods';
import type { MethodRow, RequestOf, ResponseOf } from '../../generated/methods';
import type { Attempt, UnaryMethodName } from '../operations/invoker';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import type { Transport } from './transport';
import { unary } from './unary';

/** The RPCs as the operations see them, whose calls are let in and out by `transport.enter`. */
export function toAttempt(transport: Transport): Attempt {
  return <Name extends UnaryMethodName>(
    method: Name,
    request: DeepPartial<RequestOf<Name>>,
    options: RpcOptions,
    remainingMs?: number,
  ) => {
    // Every method with a unary name has such a row; TypeScript cannot tell by a name that is still generic.
    const row = methods[method] as unknown as MethodRow<'unary', RequestOf<Name>, ResponseOf<Name>>;
    return unary(transport, method, row, request, options, { continued: true, remainingMs });
  };
}
