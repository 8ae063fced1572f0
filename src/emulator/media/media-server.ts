import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../answers';
import type { Credentials } from '../service/auth';
import { owns } from '../service/scope';
import type { World } from '../state/world';
import { findExport } from './hosted-exports';
import type { HostedFile } from './hosted-media';
import { findHosted } from './hosted-media';
import { sendFile } from './send-file';

export interface MediaServerOptions {
  readonly host: string;
  readonly keepAlive: boolean;
  readonly credentials: Credentials;
  /** Asked for with each request: the server is there before the world that knows of it. */
  readonly world: () => World;
}

/**
 * A server of the bytes of inputs and of exports, as the service's own data host: `{prefix}/{size}/{suffix}` over plain HTTP,
 * to those who may read the app; 401 for others, 404 for nobody. It listens once somebody needs it.
 */
export class MediaServer {
  readonly #options: MediaServerOptions;
  #server: Server | undefined;
  #listening: Promise<unknown> | undefined;

  constructor(options: MediaServerOptions) {
    this.#options = options;
  }

  /** The prefix of hosted URLs; `undefined` until it listens. */
  get base(): string | undefined {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (!address) return undefined;
    const { host } = this.#options;
    return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  }

  async open(): Promise<void> {
    this.#listening ??= this.#listen();
    await this.#listening;
  }

  async close(): Promise<void> {
    await this.#listening?.catch(() => undefined);
    if (this.#server?.listening !== true) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #listen(): Promise<void> {
    const { host, keepAlive } = this.#options;
    const server = createServer((request, response) => answer(request, response, this.#options));
    if (!keepAlive) server.on('connection', (socket) => socket.unref());
    server.listen(0, host);
    await once(server, 'listening');
    if (!keepAlive) server.unref();
    this.#server = server;
  }
}

function answer(request: IncomingMessage, response: ServerResponse, options: MediaServerOptions): void {
  const { method = '', url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  let file: HostedFile | number;
  try {
    file = find(url.replace(/\?.*$/, ''), request, options);
  } catch {
    // Bytes that looked like an image and are damaged, or a decoder that is not installed.
    file = 500;
  }
  if (typeof file === 'number') return void response.writeHead(file).end();
  sendFile(file, request, response);
}

/** The file, or the HTTP status that says why not. */
function find(
  path: string,
  { headers }: IncomingMessage,
  { credentials, world }: MediaServerOptions,
): HostedFile | number {
  // As the service does it: who shows no credential is not even told that there is something.
  if (headers.authorization === undefined && headers['x-clarifai-session-token'] === undefined) return 404;
  try {
    const principal = credentials.authenticate('GetInput', headers);
    const found = findHosted(world(), path) ?? findExport(world(), path);
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
