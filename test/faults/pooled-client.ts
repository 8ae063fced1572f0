import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { methods, type RequestOf } from '../../generated/methods';
import type { ConnectionMessage } from '../../src/diagnostics/messages';
import { createInvoke } from '../../src/operations/invoke';
import type { Invoke } from '../../src/operations/invoker';
import type { ConnectionOptions } from '../../src/options/connection-options';
import { resolveStubOptions } from '../../src/options/resolve-stub-options';
import { toAttempt } from '../../src/rpc/attempt';
import { Transport } from '../../src/rpc/transport';
import { V2Stub } from '../../src/rpc/v2-stub';
import type { DeepPartial } from '../../src/wire/codec';
import { FakeClock } from '../unit/fake-clock';
import type { Peer, PeerCall } from './http2-server';

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });
export const success = { status: { code: 10000 } };
/** A request that has a connection to itself when there is one. */
export const large: DeepPartial<RequestOf<'PostInputs'>> = {
  inputs: [{ data: { image: { base64: new Uint8Array(300_000) } } }],
};

export const answerOk = (call: PeerCall): void => {
  call.send(ok);
  call.end();
};
export const hold = (): void => undefined;

export interface PooledClient extends AsyncDisposable {
  readonly stub: V2Stub;
  readonly transport: Transport;
  readonly invoke: Invoke;
  readonly clock: FakeClock;
}

/** A stub and the retry loop on one transport, whose waits and connections age when the test says so. */
export function clientFor(base: string, connections: ConnectionOptions = {}): PooledClient {
  const clock = new FakeClock();
  const transport = new Transport(resolveStubOptions({ base, pat: 'my-pat', connections, keepaliveMs: null }), clock);
  const attempt = toAttempt(transport);
  const invoke = createInvoke({ attempt, lifetime: transport, verbOf: () => 'get', clock, random: () => 1 });
  const stub = new V2Stub(transport);
  return { stub, transport, invoke, clock, [Symbol.asyncDispose]: () => stub.close({ behaviour: 'abort' }) };
}

/** What is told of connections while something runs: number, state, and why it was retired. */
export async function listening(run: () => Promise<void>): Promise<unknown[][]> {
  const told: unknown[][] = [];
  const listener = (message: unknown): void => {
    const { connection, state, reason } = message as ConnectionMessage;
    told.push(reason === undefined ? [connection, state] : [connection, state, reason]);
  };
  subscribe('clarifai-grpc:connection', listener);
  try {
    await run();
    return told;
  } finally {
    unsubscribe('clarifai-grpc:connection', listener);
  }
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}

export const arrived = (peer: Peer, calls: number): Promise<void> => until(() => peer.calls.length === calls);
/** What a promise rejects with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );
