/** What is at a URL, why there is nothing, or the HTTP status that it fails with. */
type Fetched =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly details: string }
  | number;

export interface FetchOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Whether a URL that one is sent on to may be asked, too. */
  readonly isAllowed: (url: string) => boolean;
}

const timeoutMs = 30_000;
const mostRedirects = 5;

/** Reads what is at a URL, and does not follow where it must not. */
export async function fetchUrl(url: string, { maxBytes, signal, isAllowed }: FetchOptions): Promise<Fetched> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    let at = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await fetch(at, { redirect: 'manual', signal: until });
      const location = response.headers.get('location');
      if (response.ok) return await contentOf(url, response, maxBytes);
      await response.body?.cancel();
      if (response.status >= 400) return response.status;
      if (location === null) return failed(`Unexpected status ${response.status} for url: ${url}`);
      at = new URL(location, at).href;
      if (!isAllowed(at)) return failed(`Redirected to a host that is not fetched from, for url: ${url}`);
    }
    return failed(`Too many redirects for url: ${url}`);
  } catch {
    signal.throwIfAborted();
    return failed(`Could not connect for url: ${url}`);
  }
}

async function contentOf(url: string, { body }: Response, maxBytes: number): Promise<Fetched> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    // Leaving the loop ends the download.
    if (sizeBytes > maxBytes) return failed(`More than ${maxBytes} bytes for url: ${url}`);
    chunks.push(chunk);
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}

function failed(details: string): Fetched {
  return { kind: 'failed', details };
}
