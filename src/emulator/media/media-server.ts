import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MediaAccess } from './answer-media';

interface MediaServerOptions extends MediaAccess {
  readonly host: string;
  readonly keepAlive: boolean;
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
    // Few emulators host anything: the others start sooner without what it takes.
    const [{ createServer }, { answerMedia }] = await Promise.all([import('node:http'), import('./answer-media')]);
    const server = createServer((request, response) => answerMedia(request, response, this.#options));
    if (!keepAlive) server.on('connection', (socket) => socket.unref());
    server.listen(0, host);
    await once(server, 'listening');
    if (!keepAlive) server.unref();
    this.#server = server;
  }
}
