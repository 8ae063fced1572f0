import type { Client } from '@grpc/grpc-js';
import type { Clock } from '../base/clock';
import { connection as connectionChannel } from '../diagnostics/channels';
import type { ClientIdentity, ConnectionState, RetireReason } from '../diagnostics/messages';
import type { ResolvedConnectionOptions } from '../options/connection-options';
import { Watchdog } from './watchdog';

/** A connection that has said nothing for so long since calls began is not trusted when one of them ends without an answer. */
export const silenceMs = 5000;

export interface ConnectionParams {
  readonly client: Client;
  /** From 1. */
  readonly number: number;
  readonly identity: ClientIdentity;
  readonly clock: Clock;
  /** Called when the connection could not be made in time. */
  readonly onStuck: () => void;
}

export type Lifespan = Pick<ResolvedConnectionOptions, 'maxAgeMs' | 'maxIdleMs'>;

/** One grpc-js client, which is one HTTP/2 connection, and what is on it. */
export class Connection {
  readonly client: Client;
  readonly #params: ConnectionParams;
  readonly #watchdog: Watchdog;
  #calls = 0;
  #requestBytes = 0;
  readonly #openedAt: number;
  #usedAt: number;
  /** When the first call began since something was last received. */
  #waitingSince: number | undefined;
  #retired = false;
  #closed = false;

  constructor(params: ConnectionParams) {
    this.#params = params;
    this.client = params.client;
    this.#openedAt = this.#usedAt = params.clock.now();
    this.#watchdog = new Watchdog({
      channel: params.client.getChannel(),
      clock: params.clock,
      onState: (state) => this.#publish(state),
      onStuck: params.onStuck,
    });
  }

  /** Calls under way. */
  get calls(): number {
    return this.#calls;
  }

  /** Bytes of their requests. */
  get requestBytes(): number {
    return this.#requestBytes;
  }

  /** Whether calls fail at once, as the last attempt to connect did. */
  get failing(): boolean {
    return this.#watchdog.state === 'failing';
  }

  /** Whether it looks dead: it is taken for connected, but nothing comes. */
  get silent(): boolean {
    if (this.#waitingSince === undefined || this.#watchdog.state !== 'ready') return false;
    return this.#params.clock.now() - this.#waitingSince >= silenceMs;
  }

  /** Why it should take no more calls, if so. */
  staleness(now: number, { maxAgeMs, maxIdleMs }: Lifespan): RetireReason | undefined {
    if (this.#calls === 0 && now - this.#usedAt > maxIdleMs) return 'idle';
    return now - this.#openedAt > maxAgeMs ? 'age' : undefined;
  }

  /** Counts a call in. */
  begin(requestBytes: number): void {
    this.#waitingSince ??= this.#params.clock.now();
    this.#calls += 1;
    this.#requestBytes += requestBytes;
  }

  /** Something was received. */
  heard(): void {
    this.#waitingSince = undefined;
  }

  /** Counts it out. */
  end(requestBytes: number): void {
    this.#calls -= 1;
    this.#requestBytes -= requestBytes;
    this.#usedAt = this.#params.clock.now();
    if (this.#retired && this.#calls === 0) this.close();
  }

  /** Is to take no new calls; closed when those under way have ended. */
  retire(reason: RetireReason): void {
    this.#retired = true;
    this.#publish('retired', reason);
    // Calls that wait for a connection which does not come are told so now, and may be made on another one.
    const hopeless = reason === 'stuck' && this.#watchdog.state === 'connecting';
    this.#watchdog.stop();
    if (this.#calls === 0 || hopeless) this.close();
  }

  /** Calls that are connected go on. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watchdog.stop();
    this.client.close();
    this.#publish('closed');
  }

  #publish(state: ConnectionState, reason?: RetireReason): void {
    if (!connectionChannel.hasSubscribers) return;
    const { number, identity: client } = this.#params;
    const message = { client, connection: number, state, calls: this.#calls };
    connectionChannel.publish(reason === undefined ? message : { ...message, reason });
  }
}
