import type { MethodName, RequestOf } from '../../../generated/methods';
import { methods } from '../../../generated/methods';

/** Requests by RPC: `RequestByMethod[MethodName]` is any of them. */
type RequestByMethod = { readonly [Name in MethodName]: RequestOf<Name> };

/** A call that the emulator received. */
export interface RecordedRequest<Name extends MethodName = MethodName> {
  /** Name of the RPC. */
  readonly method: Name;
  /** When it came in, by the emulator's clock: milliseconds since 1970. */
  readonly timeMs: number;
  /** The call's metadata; credentials are replaced by `[redacted]`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The request, or the first message of a stream of them. */
  readonly request: RequestByMethod[Name] | undefined;
  /** All messages that the client sent. */
  readonly requests: readonly RequestByMethod[Name][];
  /** How the call ended; `undefined` while it is open, and when a scripted fault broke the wire. */
  readonly grpcCode: number | undefined;
  /** `status.code` of the last answer. */
  readonly statusCode: number | undefined;
}

/** How much of the calls that came in is remembered. */
export interface RequestLogOptions {
  /** Calls that are remembered; the oldest go first. @default 10000 */
  readonly maxEntries?: number | undefined;
  /** Bytes of remembered requests and of their metadata. @default 67108864 (64 MiB) */
  readonly maxBytes?: number | undefined;
}

/** An entry keeps the bytes that arrived and decodes them when somebody looks. */
export class RequestEntry implements RecordedRequest {
  readonly #messages: Uint8Array[] = [];
  readonly #headers: Readonly<Record<string, unknown>>;
  #onBytes: ((count: number) => void) | undefined;
  sizeBytes = 0;
  grpcCode: number | undefined;
  statusCode: number | undefined;

  constructor(
    readonly method: MethodName,
    readonly timeMs: number,
    headers: Readonly<Record<string, unknown>>,
    onBytes: (count: number) => void,
  ) {
    this.#headers = headers;
    this.#onBytes = onBytes;
  }

  get metadata(): Readonly<Record<string, string>> {
    return redact(this.#headers);
  }

  add(message: Uint8Array): void {
    if (this.#onBytes === undefined) return;
    this.#messages.push(message);
    this.weigh(message.length);
  }

  /** Counts bytes that the log keeps because of this entry. */
  weigh(count: number): void {
    this.sizeBytes += count;
    this.#onBytes?.(count);
  }

  /** Leaves the log: a stream that is still open then adds nothing more. */
  forget(): number {
    this.#onBytes = undefined;
    return this.sizeBytes;
  }

  get requests(): RequestByMethod[MethodName][] {
    return this.#messages.map((message) => this.#decode(message));
  }

  get request(): RequestByMethod[MethodName] | undefined {
    const [first] = this.#messages;
    return first && this.#decode(first);
  }

  #decode(message: Uint8Array): RequestByMethod[MethodName] {
    return methods[this.method].request().decode(message);
  }
}

/** Remembers the last calls, up to a number of entries and of bytes. */
export class RequestLog {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #entries: RequestEntry[] = [];
  #bytes = 0;
  #lastHeaders: Readonly<Record<string, unknown>> = {};

  constructor({ maxEntries = 10_000, maxBytes = 64 * 1024 * 1024 }: RequestLogOptions = {}) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  open(method: MethodName, timeMs: number, metadata: Readonly<Record<string, unknown>>): RequestEntry {
    // A client's calls mostly carry the same metadata, which is then kept once.
    const isNew = !areAlike(metadata, this.#lastHeaders);
    if (isNew) this.#lastHeaders = metadata;
    const entry = new RequestEntry(method, timeMs, this.#lastHeaders, (count) => {
      this.#bytes += count;
      this.#trim();
    });
    this.#entries.push(entry);
    if (isNew) entry.weigh(sizeOf(metadata));
    this.#trim();
    return entry;
  }

  list<Name extends MethodName>(method?: Name): RecordedRequest<Name>[] {
    const entries = this.#entries.filter((entry) => method === undefined || entry.method === method);
    // The filter has just made sure that `method` is Name.
    return entries as unknown as RecordedRequest<Name>[];
  }

  clear(): void {
    this.#drop(this.#entries.length);
  }

  #trim(): void {
    let surplus = this.#entries.length - this.#maxEntries;
    // A full log lets a tenth more go than it must, so that it does not shift its array on every call.
    if (surplus > 0) surplus += Math.floor(this.#maxEntries / 10);
    if (surplus > 0) this.#drop(surplus);
    while (this.#bytes > this.#maxBytes && this.#entries.length > 0) this.#drop(1);
  }

  #drop(count: number): void {
    for (const entry of this.#entries.splice(0, count)) this.#bytes -= entry.forget();
  }
}

/** HTTP/2's own headers are no metadata. */
function isPseudoHeader(name: string): boolean {
  return name.startsWith(':');
}

function areAlike(some: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>>): boolean {
  let surplus = 0;
  for (const name in some) {
    surplus++;
    if (!isPseudoHeader(name) && some[name] !== others[name]) return false;
  }
  for (const _name in others) surplus--;
  return surplus === 0;
}

function sizeOf(metadata: Readonly<Record<string, unknown>>): number {
  let size = 0;
  for (const name in metadata) size += name.length + String(metadata[name]).length;
  return size;
}

const secretNames: ReadonlySet<string> = new Set(['authorization', 'x-clarifai-session-token', 'cookie']);

function redact(metadata: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (isPseudoHeader(name)) continue;
    const text = Array.isArray(value) ? value.map(String).join(', ') : String(value);
    shown[name] = secretNames.has(name) ? `${/^Key /.test(text) ? 'Key ' : ''}[redacted]` : text;
  }
  return shown;
}
