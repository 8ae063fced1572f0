import { GrpcCode } from '../../../src/base/grpc-code';
import { startPeer } from '../../faults/http2-server';
import type { RecordedCall } from './recording';

/** A request as it arrived. */
export interface ArrivedCall {
  readonly path: string;
  readonly messages: readonly Uint8Array[];
}

export interface Playback extends AsyncDisposable {
  readonly base: string;
  readonly arrived: readonly ArrivedCall[];
}

/** `{ status: { code: 10000 } }`, for what the SDK did not ask. */
const success = Buffer.from([0x0a, 0x03, 0x08, 0x90, 0x4e]);

/**
 * A server that answers the nth call of an RPC as the recording server answered the SDK's nth call of it. Calls beyond
 * those are answered with an empty success, so that lists end.
 */
export async function startPlayback(calls: readonly RecordedCall[]): Promise<Playback> {
  const arrived: ArrivedCall[] = [];
  const left = calls.flatMap((call) => Array.from({ length: call.repeat ?? 1 }, () => call));
  const peer = await startPeer(async (call) => {
    const messages: Uint8Array[] = [];
    arrived.push({ path: call.path, messages });
    const place = left.findIndex(({ path }) => path === call.path);
    const [recorded] = place < 0 ? [] : left.splice(place, 1);
    for await (const message of call.messages()) messages.push(message);
    if (recorded?.grpc_status !== undefined) {
      return call.end(GrpcCode[recorded.grpc_status as keyof typeof GrpcCode], 'made to fail');
    }
    call.respond();
    for (const answer of [recorded?.response_b64 ?? []].flat()) call.send(Buffer.from(answer, 'base64'));
    if (recorded === undefined) call.send(success);
    call.end();
  });
  return { base: peer.base, arrived, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}
