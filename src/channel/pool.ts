import type { Client } from '@grpc/grpc-js';
import type { Clock } from '../base/clock';
import type { ClientIdentity, RetireReason } from '../diagnostics/messages';
import type { ResolvedConnectionOptions } from '../options/connection-options';
import { chooseConnection } from './choose-connection';
import { Connection } from './connection';

export interface PoolParams {
  readonly options: ResolvedConnectionOptions;
  /** For whoever observes the connections. */
  readonly identity: ClientIdentity;
  /** Makes a client that shares its connection with no other. */
  readonly makeClient: () => Client;
  readonly clock: Clock;
}

interface Waiting {
  readonly requestBytes: number;
  readonly granted: (connection: Connection) => void;
}

/**
 * The connections of one stub: gives each call one, and is told when the call has ended.
 *
 * grpc-js has one connection a channel, and lets calls beyond what the server allows at a time wait unseen, on their
 * deadlines. Here they wait in the order they came.
 */
export class Pool {
  readonly #params: PoolParams;
  #connections: readonly Connection[] = [];
  readonly #waiting = new Set<Waiting>();
  #opened = 0;

  constructor(params: PoolParams) {
    this.#params = params;
  }

  /** A connection for a call, to be given back by `release`; `undefined` when the call has to `wait` for one. */
  take(requestBytes: number): Connection | undefined {
    return this.#waiting.size === 0 ? this.#take(requestBytes) : undefined;
  }

  /**
   * Calls back with a connection, to be given back by `release`, when the calls before have one.
   *
   * @returns what ends the waiting
   */
  wait(requestBytes: number, granted: (connection: Connection) => void): () => void {
    const waiting: Waiting = { requestBytes, granted };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** Gives back the connection of a call that has ended; who heard of the service has told the connection. */
  release(connection: Connection, requestBytes: number): void {
    if (connection.silent) this.#retire(connection, 'silent');
    connection.end(requestBytes);
    this.#serve();
  }

  /** Closes every connection; to be called when no call is under way. */
  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#connections = [];
  }

  #take(requestBytes: number): Connection | undefined {
    this.#retireStale();
    const { max, maxCalls } = this.#params.options;
    const mayOpen = this.#connections.length < max;
    const chosen = chooseConnection(this.#connections, requestBytes, { maxCalls, mayOpen });
    const connection = chosen ?? (mayOpen ? this.#open() : undefined);
    connection?.begin(requestBytes);
    return connection;
  }

  #open(): Connection {
    const { makeClient, identity, clock } = this.#params;
    const connection = new Connection({
      client: makeClient(),
      number: ++this.#opened,
      ...{ identity, clock },
      onStuck: () => {
        this.#retire(connection, 'stuck');
        this.#serve();
      },
    });
    this.#connections = [...this.#connections, connection];
    return connection;
  }

  #retireStale(): void {
    const now = this.#params.clock.now();
    for (const connection of this.#connections) {
      const reason = connection.staleness(now, this.#params.options);
      if (reason !== undefined) this.#retire(connection, reason);
    }
  }

  #retire(connection: Connection, reason: RetireReason): void {
    if (!this.#connections.includes(connection)) return;
    this.#connections = this.#connections.filter((other) => other !== connection);
    connection.retire(reason);
  }

  #serve(): void {
    for (const waiting of this.#waiting) {
      const connection = this.#take(waiting.requestBytes);
      if (connection === undefined) return;
      this.#waiting.delete(waiting);
      waiting.granted(connection);
    }
  }
}
