/** What the emulator finds at a URL; nothing is ever fetched. */
export type UrlContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Reachable as far as the rules go, with contents that nobody has seeded. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'failed'; readonly details: string };

/** The emulator's idea of the internet: seeded URLs, and for the others a rule. */
export class UrlTable {
  readonly #seeded = new Map<string, UrlContent>();

  /** @param content the bytes at the URL, or the HTTP status that it fails with */
  seed(url: string, content: Uint8Array | number): void {
    this.#seeded.set(url, typeof content === 'number' ? failure(url, content) : { kind: 'bytes', bytes: content });
  }

  resolve(url: string): UrlContent {
    return this.#seeded.get(url) ?? byRule(url);
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
