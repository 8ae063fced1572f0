import { methods } from '../../../generated/methods';
import type { Input } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../../src/wire/codec';
import { type Peer, type PeerCall, startPeer } from '../http2-server';

/** A request to the service, number `number` of all. The inputs exist once `commit` was called. */
export interface InputsCall extends PeerCall {
  readonly number: number;
  readonly ids: readonly string[];
  /** Does the work, and returns the answer. */
  commit(): Uint8Array;
  /** Does the work and answers, if someone is there to hear it. */
  answer(): void;
}

/** Knows of the service PostInputs, and how it treats ids; it decides about every frame of an answer itself. */
export interface InputService extends AsyncDisposable {
  readonly base: string;
  readonly peer: Peer;
  /** Ids of the inputs that were created, in order. */
  readonly created: readonly string[];
}

export async function startInputService(handle: (call: InputsCall) => void): Promise<InputService> {
  const created: string[] = [];
  let requests = 0;
  const create = ({ id }: Input): DeepPartial<Input> => {
    if (created.includes(id)) {
      return { id, status: { code: StatusCode.INPUT_DUPLICATE, details: 'Input has a duplicate ID.' } };
    }
    created.push(id);
    return { id, status: { code: StatusCode.INPUT_PENDING } };
  };
  const peer = await startPeer(async (call) => {
    const number = ++requests;
    const { value: request } = await call.messages().next();
    if (request === undefined) return;
    const posted = methods.PostInputs.request().decode(request).inputs;
    const commit = (): Uint8Array => {
      const inputs = posted.map(create);
      const isMixed = inputs.some(({ status }) => status?.code !== StatusCode.INPUT_PENDING);
      const code = isMixed ? StatusCode.MIXED_STATUS : StatusCode.SUCCESS;
      return methods.PostInputs.response().encode({ status: { code }, inputs });
    };
    const answer = (): void => {
      if (call.stream.destroyed) return;
      call.send(commit());
      call.end();
    };
    handle({ ...call, number, ids: posted.map(({ id }) => id), commit, answer });
  });
  return { base: peer.base, peer, created, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}
