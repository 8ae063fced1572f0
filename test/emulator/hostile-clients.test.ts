// Clients that mean harm, or are broken: the emulator's process goes on, answers others, and lets go of what they took.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { createRandom } from '../../src/emulator/seeded-random';

interface Running {
  readonly base: string;
  readonly pat: string;
}

const entry = JSON.stringify(require.resolve('../../dist/emulator.js'));
const script = `
  require(${entry}).startEmulator({ keepAlive: true, requestLog: { maxEntries: 100 } }).then((emulator) => {
    emulator.rule('GetUser', { latencyMs: 600000 });
    process.on('message', () => { gc(); process.send(process.memoryUsage().heapUsed); });
    process.on('disconnect', () => process.exit());
    process.send({ base: emulator.base, pat: emulator.pat });
  });`;
const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from('000000040000000000', 'hex'),
]);
const emptyMessage = Buffer.alloc(5);

jest.setTimeout(30_000);

let child: ChildProcess;
let emulator: Running;
let heapBefore: number;

beforeAll(async () => {
  child = spawn(process.execPath, ['--expose-gc', '-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  [emulator] = (await once(child, 'message')) as [Running];
  await expectService();
  heapBefore = await heapBytes();
});

afterEach(async () => {
  expect(child.exitCode).toBeNull();
  await expectService();
  while ((await heapBytes()) > heapBefore + 40_000_000) await new Promise((resolve) => setTimeout(resolve, 100));
});

afterAll(() => child.disconnect());

async function heapBytes(): Promise<number> {
  child.send('heap');
  const [bytes] = (await once(child, 'message')) as [number];
  return bytes;
}

const headersOf = (method: string): OutgoingHttpHeaders => ({
  ':method': 'POST',
  ':path': `/clarifai.api.V2/${method}`,
  'content-type': 'application/grpc',
  te: 'trailers',
  authorization: `Key ${emulator.pat}`,
});

async function open(): Promise<ClientHttp2Session> {
  const session = connectHttp2(emulator.base);
  session.on('error', () => undefined);
  await once(session, 'connect');
  return session;
}

function start(session: ClientHttp2Session, method: string, headers: OutgoingHttpHeaders = {}) {
  const stream = session.request({ ...headersOf(method), ...headers });
  stream.on('error', () => undefined).resume();
  return stream;
}

/** Somebody else's call is answered. */
async function expectService(): Promise<void> {
  const session = await open();
  const stream = start(session, 'ListModelTypes').end(emptyMessage);
  const [trailers] = (await once(stream, 'trailers')) as [Record<string, string>];
  expect(trailers['grpc-status']).toBe('0');
  session.destroy();
}

function openSocket(bytes: Uint8Array): Socket {
  const socket = connect(Number(new URL(emulator.base).port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write(bytes);
  return socket;
}

async function hangUp(sockets: readonly Socket[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const socket of sockets) socket.destroy();
}

const random = createRandom(1);
const integer = (below: number) => Math.floor(random() * below);
const noise = (size: number) => Uint8Array.from({ length: size }, () => integer(256));

function frame(type: number, flags: number, streamId: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

it('survives bytes that are not HTTP/2', async () => {
  await hangUp(Array.from({ length: 100 }, () => openSocket(noise(500))));
  await hangUp(Array.from({ length: 100 }, () => openSocket(Buffer.concat([preface, noise(500)]))));
});

it('survives frames of every type in any order', async () => {
  const frames = () =>
    Array.from({ length: 20 }, () => frame(integer(12), integer(256), integer(6), noise(integer(40))));
  await hangUp(Array.from({ length: 200 }, () => openSocket(Buffer.concat([preface, ...frames()]))));
});

it('survives a thousand connections that say nothing more', async () => {
  await hangUp(Array.from({ length: 1000 }, (_, index) => openSocket(index % 2 === 0 ? preface : Buffer.from('PRI'))));
});

it('survives calls that are reset as soon as they are made', async () => {
  const methods = ['GetUser', 'ListModelTypes', 'ListKnowledgeGraphs', 'StreamModelOutputs', 'PostInputsSearches'];
  for (let round = 0; round < 3; round++) {
    const session = await open();
    for (let index = 0; index < 1000 && !session.destroyed; index++) {
      const stream = start(session, methods[index % methods.length] ?? '', { 'grpc-timeout': `${index % 9}m` });
      if (index % 3 > 0) stream.end(emptyMessage);
      if (index % 2 > 0) setImmediate(() => stream.close(8));
      else stream.close(8);
      if (index % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
    }
    session.destroy();
  }
});

it('holds ten thousand calls at once, and serves others meanwhile', async () => {
  const session = await open();
  for (let index = 0; index < 10_000; index++) start(session, 'GetUser').end(emptyMessage);
  await expectService();
  const answered = Array.from({ length: 1000 }, () =>
    once(start(session, 'ListModelTypes').end(emptyMessage), 'close'),
  );
  await Promise.all(answered);
  session.destroy();
});

it('survives calls that never come to an end of their request', async () => {
  const session = await open();
  for (let index = 0; index < 1000; index++) start(session, 'ListModelTypes').write(Buffer.from([0, 0, 0, 1, 0, 1]));
  await expectService();
  session.destroy();
});

it('survives headers without end', async () => {
  for (const kilobytes of [10, 50, 100, 1000]) {
    const session = connectHttp2(emulator.base, { maxSendHeaderBlockLength: 10_000_000 });
    session.on('error', () => undefined);
    const many = Object.fromEntries(Array.from({ length: kilobytes }, (_, index) => [`x-${index}`, 'a'.repeat(1000)]));
    const stream = start(session, 'ListModelTypes', many).end(emptyMessage);
    await new Promise((resolve) => stream.once('close', resolve));
    session.destroy();
  }
  // A header that goes on in ever more CONTINUATION frames.
  const more = frame(9, 0, 1, Buffer.concat([Buffer.from([0, 1, 0x61, 0x7f, 0x81, 0x7e]), Buffer.alloc(16_000, 'a')]));
  const socket = openSocket(Buffer.concat([preface, frame(1, 0, 1, Buffer.from([0x82]))]));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let index = 0; index < 500 && !socket.destroyed; index++) socket.write(more);
  await closed;
});

it('survives clients that ask and do not read', async () => {
  const session = connectHttp2(emulator.base, { settings: { initialWindowSize: 0 } });
  session.on('error', () => undefined);
  await once(session, 'connect');
  for (let index = 0; index < 500; index++) start(session, 'ListStatusCodes').pause().end(emptyMessage);
  await expectService();
  session.destroy();
});
