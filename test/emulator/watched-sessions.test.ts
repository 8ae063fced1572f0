// Connections that nobody is behind any more.
import { once } from 'node:events';
import type { Http2Server } from 'node:http2';
import { connect as connectHttp2, createServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { watchSession } from '../../src/emulator/service/watch-session';

const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from('000000040000000000', 'hex'),
]);
const openSockets = new Set<Socket>();
let server: Http2Server;

beforeAll(async () => {
  server = createServer();
  server.on('connection', (socket: Socket) => {
    openSockets.add(socket);
    socket.once('close', () => openSockets.delete(socket));
  });
  server.on('session', (session) => watchSession(session, { quietMs: 50, answerMs: 50 }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  for (const socket of openSockets) socket.destroy();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;

async function send(bytes: Buffer): Promise<Socket> {
  const socket = connect(port(), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

it.each([
  ['says nothing', Buffer.alloc(0)],
  ['stops after half a frame', Buffer.concat([preface, Buffer.from([0, 0, 8])])],
  ['sends bytes that are no frame', Buffer.concat([preface, Buffer.from('garbage, and then some more of it')])],
  ['never answers a ping', preface],
])('ends the connection of a client that %s', async (_what, bytes) => {
  const socket = await send(bytes);
  await once(socket, 'close');
});

it('notices that a client hung up after bytes that are no frame', async () => {
  const sockets = await Promise.all(
    Array.from({ length: 5 }, () => send(Buffer.concat([preface, Buffer.from('garbage'.repeat(50))]))),
  );
  for (const socket of sockets) socket.destroy();
  while (openSockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

it('keeps the connection of a client that is there, however quiet', async () => {
  const session = connectHttp2(`http://127.0.0.1:${port()}`);
  await once(session, 'connect');
  for (const _ping of [1, 2, 3]) await once(session, 'ping');
  expect(session.destroyed).toBe(false);
  session.destroy();
});
