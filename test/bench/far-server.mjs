import { createServer } from 'node:http2';
import { connect, createServer as createTcpServer } from 'node:net';

/**
 * Starts a gRPC server that answers every call with the same message, behind a proxy that makes each round trip to it take
 * `roundTripMs`. Its windows are those that HTTP/2 starts with, 64 KiB for a stream and for a connection.
 *
 * @returns the address of the proxy
 */
export async function startFarServer(roundTripMs, message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  const answer = Buffer.concat([head, message]);
  const server = createServer();
  server.on('stream', (stream) => {
    stream.resume();
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(answer);
    });
  });
  const serverPort = await listen(server);
  const proxy = createTcpServer({ noDelay: true }, (near) => {
    const far = connect({ port: serverPort, noDelay: true });
    pipeLate(near, far, roundTripMs / 2);
    pipeLate(far, near, roundTripMs / 2);
  });
  return `http://127.0.0.1:${await listen(proxy)}`;
}

/** Hands on what arrives, each part that much later: a distance, not a slow line. */
function pipeLate(from, to, delayMs) {
  from.on('data', (bytes) => setTimeout(() => to.destroyed || to.write(bytes), delayMs));
  from.on('close', () => to.destroy());
  from.on('error', () => to.destroy());
}

/** Neither keeps the process alive. */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return server.address().port;
}
