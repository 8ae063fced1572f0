/** Bytes that a URL and what is known about it take beside the contents. */
const entryBytes = 256;

/** What was seen last at some URLs, up to a number of bytes: the oldest goes first, and the latest stays in any case. */
export class RecentContents<Content extends object> {
  readonly #maxBytes: number;
  readonly #contents = new Map<string, Content>();
  #sizeBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(url: string): Content | undefined {
    return this.#contents.get(url);
  }

  set(url: string, content: Content): void {
    this.#delete(url);
    this.#contents.set(url, content);
    this.#sizeBytes += sizeOf(content);
    for (const oldest of this.#contents.keys()) {
      if (this.#sizeBytes <= this.#maxBytes || oldest === url) break;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#contents.clear();
    this.#sizeBytes = 0;
  }

  #delete(url: string): void {
    const known = this.#contents.get(url);
    if (known === undefined) return;
    this.#contents.delete(url);
    this.#sizeBytes -= sizeOf(known);
  }
}

function sizeOf(content: object): number {
  return entryBytes + ('bytes' in content && ArrayBuffer.isView(content.bytes) ? content.bytes.byteLength : 0);
}
