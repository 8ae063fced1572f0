// A server in a process of its own that answers every call with the same bytes, so that it does not cap who calls it. Given
// no bytes, it keeps every call waiting. Run by startAnsweringServer in answering.mjs.
import { createServer } from 'node:http2';

const message = Buffer.from(process.argv[2] ?? '', 'base64');
const holds = message.length === 0;
const head = Buffer.alloc(5);
head.writeUInt32BE(message.length, 1);
const answer = Buffer.concat([head, message]);

// Windows that a 16 MiB request does not have to wait for.
const windowBytes = 32 * 1024 * 1024;
const server = createServer({ settings: { initialWindowSize: windowBytes }, maxSessionMemory: 1024 });
server.on('session', (session) => session.setLocalWindowSize(windowBytes));
server.on('stream', (stream) => {
  stream.on('error', () => undefined);
  stream.resume();
  if (!holds) stream.on('end', () => reply(stream));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());

function reply(stream) {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(answer);
}
