import type { RequestOf, ResponseOf } from '../../generated/methods';
import type { Attempt, UnaryMethodName } from '../operations/invoker';
import type { RpcOptions } from '../options/rpc-options';
import type { DeepPartial } from '../wire/codec';
import type { V2Stub } from './v2-stub';

type UnaryCall<Name extends UnaryMethodName> = (
  request: DeepPartial<RequestOf<Name>>,
  options: RpcOptions,
) => Promise<ResponseOf<Name>>;

/** The stub as the operations see it. */
export function toAttempt(stub: V2Stub): Attempt {
  return <Name extends UnaryMethodName>(method: Name, request: DeepPartial<RequestOf<Name>>, options: RpcOptions) => {
    // Every method with a unary name is one; TypeScript cannot tell by a name that is still generic.
    const call = stub[method] as unknown as UnaryCall<Name>;
    return call.call(stub, request, options);
  };
}
