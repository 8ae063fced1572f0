// What can come in below gRPC's messages: none of it may bring the emulator down or leave a call without an end.
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { connect } from 'node:http2';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { methods } from '../../generated/methods';
import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;
let session: ClientHttp2Session;

beforeAll(async () => {
  harness = await startHarness({ limits: { maxRequestBytes: 10_000 } });
  session = connect(harness.emulator.base);
});

afterAll(async () => {
  session.destroy();
  await harness[Symbol.asyncDispose]();
});

interface Answer {
  readonly httpStatus: number | undefined;
  readonly grpcStatus: string | undefined;
  readonly message: string | undefined;
  readonly bytes: Buffer;
}

function send(chunks: readonly Uint8Array[], headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': methods.ListInputs.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Key ${harness.emulator.pat}`,
    ...headers,
  });
  return new Promise((resolve, reject) => {
    let said: Record<string, unknown> = {};
    const bytes: Buffer[] = [];
    stream.on('response', (head) => (said = { ...said, ...head }));
    stream.on('trailers', (trailers) => (said = { ...said, ...trailers }));
    stream.on('data', (chunk: Buffer) => bytes.push(chunk));
    stream.on('error', reject);
    stream.on('close', () =>
      resolve({
        httpStatus: said[':status'] as number | undefined,
        grpcStatus: said['grpc-status'] as string | undefined,
        message: said['grpc-message'] as string | undefined,
        bytes: Buffer.concat(bytes),
      }),
    );
    for (const chunk of chunks) stream.write(chunk);
    stream.end();
  });
}

function framed(message: Uint8Array, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const request = () => Buffer.from(methods.ListInputs.request().encode({ userAppId: harness.userAppId }));
const statusOf = ({ bytes }: Answer) => methods.ListInputs.response().decode(bytes.subarray(5)).status?.code;

it('takes a message in pieces of any size', async () => {
  const whole = framed(request());
  for (const size of [1, 3, 7]) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.subarray(at * size, (at + 1) * size),
    );
    expect(statusOf(await send(pieces))).toBe(10000);
  }
});

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
])('takes messages compressed with %s, unless they grow too large', async (encoding, compress) => {
  const headers = { 'grpc-encoding': encoding };
  expect(statusOf(await send([framed(compress(request()), 1)], headers))).toBe(10000);
  const bomb = await send([framed(compress(Buffer.alloc(1_000_000)), 1)], headers);
  expect(bomb).toMatchObject({ grpcStatus: '8', message: expect.stringContaining('larger%20than%20max') as string });
  expect((await send([framed(Buffer.from('no such thing'), 1)], headers)).grpcStatus).toBe('13');
});

it.each<[string, () => Buffer[], OutgoingHttpHeaders, string]>([
  ['no message', () => [], {}, '13'],
  ['two messages', () => [framed(request()), framed(request())], {}, '13'],
  ['half a message', () => [framed(request()).subarray(0, 12)], {}, '13'],
  ['half a head', () => [Buffer.from([0, 0])], {}, '13'],
  ['a compressed message without an encoding', () => [framed(request(), 1)], {}, '13'],
  ['an encoding that nobody knows', () => [framed(request(), 1)], { 'grpc-encoding': 'snappy' }, '12'],
  ['an encoding that is a property of objects', () => [framed(request(), 1)], { 'grpc-encoding': 'toString' }, '12'],
  ['a head that promises 4 GB', () => [Buffer.from('00ffffffff', 'hex')], {}, '8'],
  ['an unknown path', () => [framed(request())], { ':path': '/clarifai.api.V2/Nothing' }, '12'],
  ['a path that is a property of objects', () => [framed(request())], { ':path': '/clarifai.api.V2/toString' }, '12'],
])('answers %s with a gRPC status', async (_what, chunks, headers, grpcStatus) => {
  expect(await send(chunks(), headers)).toMatchObject({ httpStatus: 200, grpcStatus });
});

it('answers what is not gRPC with an HTTP status', async () => {
  expect((await send([], { ':method': 'GET' })).httpStatus).toBe(405);
  expect((await send([], { 'content-type': 'application/json' })).httpStatus).toBe(415);
});

it('ignores a timeout that is none', async () => {
  expect(statusOf(await send([framed(request())], { 'grpc-timeout': '10 seconds' }))).toBe(10000);
});

it('ends every call with a status, whatever bytes it carries', async () => {
  const paths = fc.constantFrom(...Object.values(methods).map(({ path }) => path));
  await fc.assert(
    fc.asyncProperty(paths, fc.uint8Array({ maxLength: 64 }), fc.boolean(), async (path, bytes, isFramed) => {
      const { grpcStatus } = await send([isFramed ? framed(bytes) : bytes], { ':path': path });
      expect(Number(grpcStatus)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
  expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
});

it('refuses pages and ids that cannot be, in the body', async () => {
  const { client, userAppId } = harness;
  expect((await client.call('ListInputs', { userAppId, page: 0 })).status?.code).toBe(10000);
  expect((await client.call('ListInputs', { userAppId, page: 0xffffffff })).inputs).toEqual([]);
  expect((await client.call('ListInputs', { userAppId, perPage: 1001 })).status?.code).toBe(11100);
  const inputs = [{ id: 'a/b', data: { text: { raw: 'x' } } }];
  expect((await client.call('PostInputs', { userAppId, inputs })).inputs[0]?.status?.code).toBe(30104);
  for (const id of ['../a', 'a b', 'a\u0000', 'x'.repeat(300)]) {
    expect((await client.call('PostConcepts', { userAppId, concepts: [{ id }] })).status?.code).not.toBe(10000);
  }
});
