// Serves a file of BYTES at any path, and prints its port: `node file-server.mjs BYTES`.
import { createServer } from 'node:http';

const bytes = Number(process.argv[2]);
const piece = Buffer.alloc(1024 * 1024, 7);

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-length': bytes });
  let left = bytes / piece.length;
  const more = () => {
    while (left > 0) {
      left -= 1;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(port);
});
