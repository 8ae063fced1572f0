import type { Chromium, Message } from './chromium';

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** What a screen reader gets of an element. */
export interface Accessible {
  readonly role: string;
  readonly name: string;
}

/** A page that is open, and all that it did beside showing itself. */
export class Page {
  /** URLs that it asked for, its own among them. */
  readonly requests: string[] = [];
  /** What the browser had to complain about, such as a violated policy, and what scripts wrote to the console. */
  readonly complaints: string[] = [];
  readonly #chromium: Chromium;
  readonly #sessionId: string;

  constructor(chromium: Chromium, sessionId: string) {
    this.#chromium = chromium;
    this.#sessionId = sessionId;
    chromium.listen((message) => {
      if (message.sessionId === sessionId) this.#note(message);
    });
  }

  async load(url: string, size: PageSize): Promise<void> {
    for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Accessibility']) await this.#send(`${domain}.enable`);
    await this.#send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
    const loaded = new Promise<void>((resolve) => {
      const stop = this.#chromium.listen(({ sessionId, method }) => {
        if (sessionId !== this.#sessionId || method !== 'Page.loadEventFired') return;
        stop();
        resolve();
      });
    });
    await this.#send('Page.navigate', { url });
    await loaded;
    // What is not drawn yet is not there for a screen reader.
    await this.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))',
    );
  }

  /** The value of an expression in the page; the page's policy is about the page's own scripts. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.#send<{
      readonly result: { readonly value: Value };
      readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
    }>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  }

  /** Shows the page as who prefers these colours gets it. */
  async prefer(scheme: 'light' | 'dark'): Promise<void> {
    await this.#send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  /** The page as a screen reader gets it. */
  async accessibility(): Promise<readonly Accessible[]> {
    const { nodes } = await this.#send<{
      readonly nodes: readonly { readonly role?: { value: string }; readonly name?: { value: string } }[];
    }>('Accessibility.getFullAXTree');
    return nodes.map(({ role, name }) => ({ role: role?.value ?? '', name: name?.value ?? '' }));
  }

  #send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#chromium.send<Result>(method, params, this.#sessionId);
  }

  #note({ method, params }: Message): void {
    const event = params as { readonly request?: { readonly url: string }; readonly entry?: { readonly text: string } };
    if (method === 'Network.requestWillBeSent') this.requests.push(event.request?.url ?? '');
    if (method === 'Log.entryAdded') this.complaints.push(event.entry?.text ?? '');
    if (/^(Runtime\.(exceptionThrown|consoleAPICalled)|Page\.javascriptDialogOpening)$/.test(method ?? '')) {
      this.complaints.push(JSON.stringify(params));
    }
  }
}
