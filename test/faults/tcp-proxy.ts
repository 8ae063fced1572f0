import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands between a client and a server, and breaks the connection in the ways that networks do. */
export interface TcpProxy extends AsyncDisposable {
  readonly base: string;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Ends every connection: with FIN, or with RST. */
  cut(how: 'fin' | 'reset'): void;
  /** From now on the connections there are stay open, and nothing comes through them. */
  blackHole(): void;
  /** Refuses new connections until `comeBack`. */
  refuse(): void;
  /** Ends every connection, and refuses new ones until `comeBack`. */
  leave(): void;
  comeBack(): void;
  /** Whether connections that come are accepted, and nothing is heard on them. @default false */
  mute: boolean;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  let mute = false;
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    accepted += 1;
    if (mute) {
      track(client.resume());
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    track(client);
    track(upstream);
    client.pipe(upstream);
    upstream.pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = (how: 'fin' | 'reset'): void => {
    for (const socket of [...sockets]) {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroy();
    }
  };
  return {
    base: `http://127.0.0.1:${port}`,
    get accepted() {
      return accepted;
    },
    cut,
    refuse: () => void server.close(),
    leave: () => {
      server.close();
      cut('reset');
    },
    comeBack: () => void server.listen(port, '127.0.0.1'),
    blackHole: () => {
      for (const socket of sockets) socket.unpipe().resume();
    },
    get mute() {
      return mute;
    },
    set mute(value) {
      mute = value;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
