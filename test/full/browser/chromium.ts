import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Page, type PageSize } from './page';

/** What comes over the pipe: the answer to the call with this id, or an event. */
export interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars'],
  ...['--disable-background-networking', '--remote-debugging-pipe'],
];

/**
 * A Chromium without a window, spoken to over a pipe in the DevTools protocol: https://chromedevtools.github.io/devtools-protocol.
 * It needs no package, only a browser that is installed as `chromium`.
 */
export class Chromium implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #gone: Promise<never>;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #rest = '';
  #lastId = 0;

  constructor() {
    this.#profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const;
    this.#process = spawn('chromium', [...flags, `--user-data-dir=${this.#profile}`], { stdio: [...stdio] });
    // Also when it could not be started, which the first call tells.
    this.#gone = new Promise((_resolve, reject) => {
      const end = (cause: unknown): void =>
        reject(new Error('No Chromium: is the package `chromium` installed?', { cause }));
      this.#process.on('error', end).on('exit', end);
    });
    this.#gone.catch(() => undefined);
    const output = this.#process.stdio[4] as Readable;
    output.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
  }

  /** Opens a page, and resolves when it has loaded. */
  async open(url: string, size: PageSize = { width: 1280, height: 900 }): Promise<Page> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId);
    await page.load(url, size);
    return page;
  }

  /** Calls a method of the protocol. */
  async send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const id = ++this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    const call = { id, method, params, ...(sessionId !== undefined && { sessionId }) };
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify(call)}\0`);
    const { result, error } = await Promise.race([answer, this.#gone]);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }

  /** Hears of all events, until the function that it returns is called. */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.pid !== undefined && this.#process.exitCode === null) {
      const closed = once(this.#process, 'close');
      await this.send('Browser.close').catch(() => undefined);
      await closed;
    }
    // Its helpers may write for a moment longer.
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #receive(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages.map((one) => JSON.parse(one) as Message)) {
      if (message.id === undefined) this.#listeners.forEach((listener) => listener(message));
      else this.#waiting.get(message.id)?.(message);
      if (message.id !== undefined) this.#waiting.delete(message.id);
    }
  }
}
