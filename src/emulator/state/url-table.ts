import { fetchUrl } from './fetch-url';
import { RecentContents } from './recent-contents';

/** What the emulator finds at a URL. */
export type UrlContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Reachable as far as the rules go, with contents that nobody has seeded. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'failed'; readonly details: string };

export interface UrlTableOptions {
  /** Hosts that are asked, as URLs have them; nothing else is ever fetched. */
  readonly fetchHosts: readonly string[];
  /** Of what is fetched from one URL. */
  readonly maxBytes: number;
}

/** Of what was fetched, or sent as bytes, that is remembered. */
const rememberedBytes = 8 * 1024 * 1024;

/** The emulator's idea of the internet: seeded URLs, what was fetched from hosts that are allowed, and for the others a rule. */
export class UrlTable {
  readonly #options: UrlTableOptions;
  readonly #hosts: ReadonlySet<string>;
  readonly #seeded = new Map<string, UrlContent>();
  readonly #recent = new RecentContents<UrlContent>(rememberedBytes);

  constructor(options: UrlTableOptions) {
    this.#options = options;
    this.#hosts = new Set(options.fetchHosts);
  }

  /** @param content the bytes at the URL, or the HTTP status that it fails with */
  seed(url: string, content: Uint8Array | number): void {
    this.#seeded.set(url, typeof content === 'number' ? failure(url, content) : { kind: 'bytes', bytes: content });
  }

  /** Says what is at a URL for as long as there is room, unless it is seeded. */
  remember(url: string, bytes: Uint8Array): void {
    this.#recent.set(url, { kind: 'bytes', bytes });
  }

  /** Forgets all but what is seeded. */
  forget(): void {
    this.#recent.clear();
  }

  get mayFetchAny(): boolean {
    return this.#hosts.size > 0;
  }

  /** Whether what is at a URL is known only once it was fetched. */
  mayFetch(url: string): boolean {
    return this.mayFetchAny && !this.#seeded.has(url) && URL.canParse(url) && this.#hosts.has(new URL(url).host);
  }

  /** Looks at a URL that may be fetched, so that `resolve` knows what is there. */
  async fetch(url: string, signal: AbortSignal): Promise<void> {
    const { maxBytes } = this.#options;
    const found = await fetchUrl(url, { maxBytes, signal, isAllowed: (other) => this.#hosts.has(new URL(other).host) });
    this.#recent.set(url, typeof found === 'number' ? failure(url, found) : found);
  }

  resolve(url: string): UrlContent {
    return this.#seeded.get(url) ?? this.#recent.get(url) ?? byRule(url);
  }
}

function byRule(url: string): UrlContent {
  if (!URL.canParse(url)) return { kind: 'failed', details: `Invalid URL: ${url}` };
  const { protocol, hostname, pathname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return { kind: 'failed', details: `Unsupported URL scheme: ${url}` };
  if (hostname.endsWith('.invalid')) return { kind: 'failed', details: `Name or service not known for url: ${url}` };
  const isExample = /(^|\.)example\.(com|net|org)$/.test(hostname);
  if ((isExample && pathname !== '/') || /\/404\/?$/.test(pathname)) return failure(url, 404);
  return { kind: 'unseen' };
}

function failure(url: string, httpStatusCode: number): UrlContent {
  const reason =
    httpStatusCode === 404 ? 'Client Error: Not Found' : httpStatusCode < 500 ? 'Client Error' : 'Server Error';
  return { kind: 'failed', details: `${httpStatusCode} ${reason} for url: ${url}` };
}
