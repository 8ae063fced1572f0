import type { Http2Session } from 'node:http2';
import type { Server, Socket } from 'node:net';

/** The open sockets of a server. HTTP/2 sessions do not hand out theirs, and take leave of their streams when they end. */
export class Connections {
  readonly #sockets = new Map<string, Socket>();

  /** @param keepAlive false lets the process end while connections are open */
  track(server: Server, keepAlive: boolean): void {
    server.on('connection', (socket: Socket) => {
      const key = keyOf(socket);
      this.#sockets.set(key, socket);
      socket.once('close', () => this.#sockets.delete(key));
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      if (!keepAlive) socket.unref();
    });
  }

  /** Ends a connection without a word, as a broken network does. */
  drop(session: Http2Session | undefined): void {
    const socket = session === undefined || session.destroyed ? undefined : session.socket;
    if (socket !== undefined) this.#sockets.get(keyOf(socket))?.destroy();
  }

  dropAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}

function keyOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}
