import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock';
import { NotFoundError, PermissionError, UnavailableError } from '../../../src/base/errors';
import { download, type DownloadContext } from '../../../src/downloads/download';
import { TrustedHosts } from '../../../src/downloads/trusted-hosts';

const content = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251));

let folder: string;
let server: Server;
let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let origin: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const context = (base = origin): DownloadContext => ({
  clock: systemClock,
  base,
  credential: async () => ({ authorization: 'Key secret-0123456789' }),
});

/** Answers as a host of files does, ranges included. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= content.length) return void response.writeHead(416).end();
  const rest = content.subarray(from);
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 && range) });
  response.end(rest);
}

test('a file is written whole, and appears under its name only then', async () => {
  answer = serve;
  const file = join(folder, 'sub', 'a.bin');
  const progress: (readonly [number, number | undefined])[] = [];
  await download(context(), `${origin}/a`, file, { onProgress: (bytes, total) => progress.push([bytes, total]) });
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(existsSync(`${file}.part`)).toBe(false);
  expect(progress.at(-1)).toEqual([content.length, content.length]);
});

test('a download that breaks off goes on where it stopped', async () => {
  const file = join(folder, 'a.bin');
  answer = (request, response) => {
    if (asked.length > 1) return serve(request, response);
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 20_000));
    // Once they are in the file.
    const timer = setInterval(() => {
      if (!existsSync(`${file}.part`) || statSync(`${file}.part`).size < 20_000) return;
      clearInterval(timer);
      response.destroy();
    }, 5);
  };
  await download(context(), `${origin}/a`, file);
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(asked[1]?.headers.range).toBe('bytes=20000-');
});

test('what an earlier process left is not asked for again', async () => {
  answer = serve;
  const file = join(folder, 'a.bin');
  writeFileSync(`${file}.part`, content.subarray(0, 49_000));
  await download(context(), `${origin}/a`, file);
  expect(asked.map(({ headers }) => headers.range)).toEqual(['bytes=49000-']);
  expect(readFileSync(file).equals(content)).toBe(true);
});

test('a host that does not give ranges is read from the start', async () => {
  answer = (_request, response) => void response.writeHead(200, { 'content-length': content.length }).end(content);
  const file = join(folder, 'a.bin');
  writeFileSync(`${file}.part`, 'something else');
  await download(context(), `${origin}/a`, file);
  expect(readFileSync(file).equals(content)).toBe(true);
});

test('a beginning that is longer than the file is thrown away', async () => {
  answer = serve;
  const file = join(folder, 'a.bin');
  writeFileSync(`${file}.part`, Buffer.alloc(60_000));
  await download(context(), `${origin}/a`, file);
  expect(readFileSync(file).equals(content)).toBe(true);
});

test.each([
  [404, NotFoundError],
  [401, PermissionError],
])('HTTP %i is an error at once, without file', async (status, type) => {
  answer = (_request, response) => void response.writeHead(status).end('no');
  const file = join(folder, 'a.bin');
  await expect(download(context(), `${origin}/a?signature=secret`, file)).rejects.toThrow(type);
  await expect(download(context(), `${origin}/a?signature=secret`, file)).rejects.not.toThrow('secret');
  expect(asked).toHaveLength(2);
  expect(existsSync(file)).toBe(false);
});

test('HTTP 503 is tried again', async () => {
  answer = (request, response) => (asked.length < 3 ? void response.writeHead(503).end() : serve(request, response));
  const file = join(folder, 'a.bin');
  await download(context(), `${origin}/a`, file);
  expect(asked).toHaveLength(3);
});

test('a host that falls silent is given up, and named', async () => {
  answer = (_request, response) => void response.writeHead(200, { 'content-length': 10 }).write('abc');
  const failed = download(context(), `${origin}/a`, join(folder, 'a.bin'), { idleTimeoutMs: 20 });
  await expect(failed).rejects.toThrow(UnavailableError);
  await expect(failed).rejects.toThrow(`Could not download ${origin}/a: nothing came for 20 ms`);
}, 30_000);

test('an abort ends it with its own reason', async () => {
  answer = (_request, response) => void response.writeHead(200, { 'content-length': 10 }).write('abc');
  const controller = new AbortController();
  const { signal } = controller;
  const failed = download(context(), `${origin}/a`, join(folder, 'a.bin'), { signal }).catch((error: unknown) => error);
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort('enough');
  expect(await failed).toBe('enough');
});

test('the credential goes to the host of the service and to hosts that are named, and to no other', async () => {
  answer = serve;
  const file = join(folder, 'a.bin');
  await download(context(), `${origin}/a`, file);
  await download(context('https://api.clarifai.com'), `${origin}/a`, file);
  await download(context('https://api.clarifai.com'), `${origin}/a`, file, { trustedHosts: ['127.0.0.1'] });
  const seen = asked.map(({ headers }) => headers.authorization);
  expect(seen).toEqual(['Key secret-0123456789', undefined, 'Key secret-0123456789']);
});

test('the credential does not follow a redirect to another host', async () => {
  answer = (request, response) => {
    if (request.url === '/b') return serve(request, response);
    response.writeHead(302, { location: `${origin.replace('127.0.0.1', 'localhost')}/b` }).end();
  };
  const other = createServer((request, response) => answer(request, response));
  await download(context(), `${origin}/a`, join(folder, 'a.bin')).catch(() => undefined);
  other.close();
  expect(asked[0]?.headers.authorization).toBe('Key secret-0123456789');
  for (const { headers } of asked.slice(1)) expect(headers.authorization).toBeUndefined();
});

test.each([
  ['https://data.clarifai.com/x', true],
  ['https://clarifai.com/x', true],
  ['http://data.clarifai.com/x', false],
  ['https://evil-clarifai.com/x', false],
  ['https://clarifai.com.evil.org/x', false],
  ['https://user:pass@evil.org/clarifai.com', false],
  ['https://private.example.com/x', true],
  ['https://mine.example.com/x', true],
  ['http://127.0.0.1/x', false],
])('whether the credential may go to %s: %s', (url, maySee) => {
  const hosts = new TrustedHosts('https://private.example.com:8443', ['mine.example.com']);
  expect(hosts.maySee(new URL(url))).toBe(maySee);
});

test.each([['ftp://a/b'], ['a/b'], ['']])('%j is refused as a URL', async (url) => {
  await expect(download(context(), url, join(folder, 'a.bin'))).rejects.toThrow('Expected `url` to be a URL');
});
