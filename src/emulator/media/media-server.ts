import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../answers';
import type { Credentials } from '../service/auth';
import { owns } from '../service/scope';
import type { World } from '../state/world';
import type { HostedFile } from './hosted-media';
import { findHosted } from './hosted-media';

export interface MediaServerOptions {
  readonly host: string;
  readonly keepAlive: boolean;
  readonly credentials: Credentials;
  /** Asked for with each request: the server listens before there is a world that knows its address. */
  readonly world: () => World;
}

/** A server of the bytes of inputs, as the service's own data host. */
export interface MediaServer {
  /** The prefix of hosted URLs. */
  readonly base: string;
  close(): Promise<void>;
}

/** Serves `{prefix}/{size}/{suffix}` over plain HTTP, to those who may read the app: 401 for others, 404 for nobody. */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { host, keepAlive } = options;
  const server = createServer((request, response) => answer(request, response, options));
  if (!keepAlive) server.on('connection', (socket) => socket.unref());
  server.listen(0, host);
  await once(server, 'listening');
  if (!keepAlive) server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, options: MediaServerOptions): void {
  const { method = '', url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  let file: HostedFile | number;
  try {
    file = read(url.replace(/\?.*$/, ''), request, options);
  } catch {
    // Bytes that looked like an image and are damaged, or a decoder that is not installed.
    file = 500;
  }
  if (typeof file === 'number') return void response.writeHead(file).end();
  const { contentType, bytes } = file;
  response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** The file, or the HTTP status that says why not. */
function read(
  path: string,
  { headers }: IncomingMessage,
  { credentials, world }: MediaServerOptions,
): HostedFile | number {
  // As the service does it: who shows no credential is not even told that there is something.
  if (headers.authorization === undefined && headers['x-clarifai-session-token'] === undefined) return 404;
  try {
    const principal = credentials.authenticate('GetInput', headers);
    const found = findHosted(world(), path);
    if (found === undefined) return 404;
    if (!found.app.isPublic && !owns(principal, found.app)) return 401;
    return found.read() ?? 404;
  } catch (error) {
    if (error instanceof Refusal && isAboutCredential(error)) return 401;
    throw error;
  }
}

function isAboutCredential({ status }: Refusal): boolean {
  return status.code >= 11_000 && status.code < 12_000;
}
