import { connectivityState } from '@grpc/grpc-js';
import type { Client } from '@grpc/grpc-js';
import type { Clock, Timer } from '../base/clock';
import type { ConnectionState } from '../diagnostics/messages';

/** Milliseconds that a channel gets to connect: what gRPC asks of its clients, and grpc-js 1.14 does not do. */
export const connectTimeoutMs = 20_000;

export interface WatchdogParams {
  readonly channel: ReturnType<Client['getChannel']>;
  readonly clock: Clock;
  readonly onState: (state: WatchedState) => void;
  /** Called when the channel was neither ready nor idle for `connectTimeoutMs`. */
  readonly onStuck: () => void;
}

export type WatchedState = Exclude<ConnectionState, 'retired' | 'closed'>;

const stateOf: ReadonlyMap<connectivityState, WatchedState> = new Map([
  [connectivityState.IDLE, 'idle'],
  [connectivityState.CONNECTING, 'connecting'],
  [connectivityState.READY, 'ready'],
  [connectivityState.TRANSIENT_FAILURE, 'failing'],
]);

/**
 * Follows the state of a channel, and barks when it does not become ready: grpc-js waits without end for a peer that accepts
 * the connection and never speaks HTTP/2. The socket of such a channel is out of reach; it stays until its peer closes it, and
 * keeps no process alive.
 */
export class Watchdog {
  readonly #params: WatchdogParams;
  #state: WatchedState = 'idle';
  #timer: Timer | undefined;
  #stopped = false;

  constructor(params: WatchdogParams) {
    this.#params = params;
    this.#follow();
  }

  get state(): WatchedState {
    return this.#state;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #follow(): void {
    const { channel } = this.#params;
    // Called back once, with the next change.
    channel.watchConnectivityState(channel.getConnectivityState(false), Infinity, () => this.#changed());
  }

  #changed(): void {
    const state = stateOf.get(this.#params.channel.getConnectivityState(false));
    if (this.#stopped || state === undefined) return;
    this.#follow();
    if (state === this.#state) return;
    this.#state = state;
    this.#time();
    this.#params.onState(state);
  }

  #time(): void {
    if (this.#state === 'connecting' || this.#state === 'failing') {
      this.#timer ??= this.#params.clock.setTimer(() => this.#params.onStuck(), connectTimeoutMs, true);
    } else {
      this.#timer?.cancel();
      this.#timer = undefined;
    }
  }
}
