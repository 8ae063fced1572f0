import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { linkAbort, sleep, throwIfAborted } from '../base/abort';
import { assertString, invalidArgument } from '../base/assert';
import type { Clock, Timer } from '../base/clock';
import { NotFoundError, PermissionError, ServerError, UnavailableError, type ClarifaiError } from '../base/errors';
import { backoffMs } from '../operations/backoff';
import { TrustedHosts } from './trusted-hosts';

/** What downloads of one client share. */
export interface DownloadContext {
  readonly clock: Clock;
  /** Address of the service. */
  readonly base: string;
  /** The headers that carry the client's credential. */
  readonly credential: () => Promise<Readonly<Record<string, string>>>;
}

/** How a file is downloaded. */
export interface DownloadOptions {
  /** Ends the download. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which an attempt is given up. @default 60000 */
  readonly idleTimeoutMs?: number | undefined;
  /** Hosts besides Clarifai's that may see the client's credential. @default none */
  readonly trustedHosts?: readonly string[] | undefined;
  /** Told of the bytes that are there, and of all when the host says how many. */
  readonly onProgress?: ((bytes: number, totalBytes: number | undefined) => void) | undefined;
}

const maxAttempts = 5;
const defaultIdleTimeoutMs = 60_000;

/**
 * Writes what is at a URL to a file, as it comes. The file appears when it is complete; until then its beginning is beside it as
 * `FILE.part`, from which an interrupted download goes on, in this call (up to 5 attempts) and in a later one. The folder is
 * made. The credential goes along only where `TrustedHosts` says so, and never to where a redirect leads.
 *
 * @throws NotFoundError, PermissionError when the host says so; UnavailableError when it cannot be reached
 */
export async function download(
  context: DownloadContext,
  url: string,
  file: string,
  options: DownloadOptions = {},
): Promise<void> {
  assertString(file, 'file', { nonEmpty: true });
  const target = toUrl(url);
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    throwIfAborted(options.signal);
    try {
      await attemptDownload(context, target, `${file}.part`, options);
      return await rename(`${file}.part`, file);
    } catch (error) {
      throwIfAborted(options.signal);
      if (attempt === maxAttempts || !(error instanceof UnavailableError)) throw error;
      const delayMs = backoffMs({ retry: attempt, baseDelayMs: 200, maxDelayMs: 5_000 }, Math.random);
      await sleep(delayMs, context.clock, options.signal);
    }
  }
}

function toUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
    throw invalidArgument('url', 'a URL that begins with https:// or http://', url);
  }
  return parsed;
}

async function attemptDownload(
  { clock, base, credential }: DownloadContext,
  url: URL,
  part: string,
  { signal, idleTimeoutMs = defaultIdleTimeoutMs, trustedHosts, onProgress }: DownloadOptions,
): Promise<void> {
  const maySee = new TrustedHosts(base, trustedHosts).maySee(url);
  const have = await sizeOf(part);
  const idle = new IdleTimer(clock, idleTimeoutMs, signal);
  try {
    const headers = {
      ...(maySee && (await credential())),
      ...(have > 0 && { range: `bytes=${have}-` }),
    };
    // fetch takes the credential off when a redirect leads to another host.
    const response = await fetch(url, { headers, signal: idle.signal }).catch((cause: unknown) => {
      throw unavailable(url, idle.signal.aborted ? idle.signal.reason : cause);
    });
    if (response.status === 416 && have > 0) {
      // What is beside the file is no beginning of this one.
      await response.body?.cancel();
      await rm(part);
      throw unavailable(url, 'another file is there now');
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(url, response.status);
    }
    const resumed = response.status === 206 && startOf(response) === have;
    const total = totalOf(response, resumed ? have : 0);
    await write(response, part, { from: resumed ? have : 0, total, idle, onProgress }).catch((cause: unknown) => {
      if (isOfDisk(cause)) throw cause;
      throw unavailable(url, idle.signal.aborted ? idle.signal.reason : cause);
    });
  } finally {
    idle.stop();
  }
}

interface Writing {
  /** Bytes that are there already; 0 begins anew. */
  readonly from: number;
  readonly total: number | undefined;
  readonly idle: IdleTimer;
  readonly onProgress: DownloadOptions['onProgress'];
}

async function write(response: Response, part: string, { from, total, idle, onProgress }: Writing): Promise<void> {
  let bytes = from;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      idle.restart();
      onProgress?.(bytes, total);
      done(null, piece);
    },
  });
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as never);
  await pipeline(body, counted, createWriteStream(part, { flags: from > 0 ? 'a' : 'w' }), { signal: idle.signal });
  if (total !== undefined && bytes < total) throw new Error(`the connection ended after ${bytes} of ${total} bytes`);
}

/** Aborts a download that stands still. */
class IdleTimer {
  readonly #abort: ReturnType<typeof linkAbort>;
  readonly #start: () => Timer;
  #timer: Timer;

  constructor(clock: Clock, idleTimeoutMs: number, signal: AbortSignal | undefined) {
    const abort = linkAbort(signal);
    this.#abort = abort;
    this.#start = () =>
      clock.setTimer(() => abort.abort(new Error(`nothing came for ${idleTimeoutMs} ms`)), idleTimeoutMs, true);
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  restart(): void {
    this.#timer.cancel();
    this.#timer = this.#start();
  }

  stop(): void {
    this.#timer.cancel();
    this.#abort.unlink();
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function startOf(response: Response): number | undefined {
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return range === null ? undefined : Number(range[1]);
}

function totalOf(response: Response, from: number): number | undefined {
  const length = response.headers.get('content-length');
  // What is counted are the bytes after decoding.
  if (length === null || response.headers.has('content-encoding')) return undefined;
  return from + Number(length);
}

/** A full disk will not be less full at the next attempt. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && ['open', 'write', 'ftruncate'].includes(String(error.syscall));
}

function unavailable(url: URL, cause: unknown): UnavailableError {
  const reason =
    cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : String(cause);
  return new UnavailableError(`Could not download ${nameOf(url)}: ${reason}`, {
    code: 'DOWNLOAD_FAILED',
    source: 'client',
    category: 'transient',
    cause,
  });
}

function refusal(url: URL, status: number): ClarifaiError {
  const message = `Could not download ${nameOf(url)}: HTTP ${status}`;
  const fields = { code: `HTTP_${status}`, source: 'client', category: 'rejected' } as const;
  if (status === 404 || status === 410) return new NotFoundError(message, fields);
  if (status === 401 || status === 403) return new PermissionError(message, { ...fields, category: 'auth' });
  if (status === 429 || status >= 500) return new UnavailableError(message, { ...fields, category: 'transient' });
  return new ServerError(message, { ...fields, category: 'fatal' });
}

/** Without the query, where signatures stand. */
function nameOf(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
