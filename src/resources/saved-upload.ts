import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { isNativeError } from 'node:util/types';
import { assertString, invalidArgument, invalidRequest } from '../base/assert';
import { ClarifaiError } from '../base/errors';
import type { ScopedContext } from './context';
import type { UploadContent } from './upload-content';

/** What an upload is of, and where it goes: one that goes on must have the same. */
export interface UploadIdentity {
  readonly address: string;
  /** What is made of it, such as a version of model m1. */
  readonly makes: string;
  readonly userId: string;
  readonly appId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAt: number | undefined;
  readonly partBytes: number;
}

interface Saved<Ids> {
  readonly upload: UploadIdentity;
  readonly ids: Ids;
  /** All parts below this one are in. */
  readonly next: number;
  /** Parts above it that are in. */
  readonly also: readonly number[];
}

/**
 * How far an upload has come; in a small file, if wanted, that a later process goes on from.
 *
 * @typeParam Ids what the service calls it
 */
export class SavedUpload<Ids extends Readonly<Record<string, string>>> {
  readonly #file: string | undefined;
  readonly #identity: UploadIdentity;
  #ids: Ids | undefined;
  #next = 1;
  readonly #also = new Set<number>();
  #written: Promise<void> = Promise.resolve();

  /** Of an upload that was not begun; `open` reads what is in the file. */
  constructor(file: string | undefined, identity: UploadIdentity) {
    this.#file = file;
    this.#identity = identity;
  }

  /** @throws InvalidRequestError with the code `UPLOAD_MISMATCH` for the state of another upload */
  static async open<Ids extends Readonly<Record<string, string>>>(
    file: string | undefined,
    identity: UploadIdentity,
  ): Promise<SavedUpload<Ids>> {
    const saved = new SavedUpload<Ids>(file, identity);
    if (file === undefined) return saved;
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) saved.#restore(file, text);
    return saved;
  }

  /** The upload that was begun; `undefined` when there is none. */
  get ids(): Ids | undefined {
    return this.#ids;
  }

  /** Parts that are in. */
  get count(): number {
    return this.#next - 1 + this.#also.size;
  }

  /** Bytes that are in: all parts but the last are of one size. */
  get sentBytes(): number {
    const { partBytes, sizeBytes } = this.#identity;
    const lastPart = Math.ceil(sizeBytes / partBytes);
    return this.count * partBytes - (this.has(lastPart) ? lastPart * partBytes - sizeBytes : 0);
  }

  has(partNumber: number): boolean {
    return partNumber < this.#next || this.#also.has(partNumber);
  }

  /** Begins anew, with no part in. */
  async begin(ids: Ids): Promise<void> {
    this.#ids = ids;
    this.#next = 1;
    this.#also.clear();
    await this.#write();
  }

  async add(partNumber: number): Promise<void> {
    this.#also.add(partNumber);
    while (this.#also.delete(this.#next)) this.#next += 1;
    await this.#write();
  }

  /** Waits for what comes of the upload. Once that is decided, for good or bad, there is nothing to go on with. */
  async until<T>(decided: Promise<T>): Promise<T> {
    try {
      const value = await decided;
      await this.remove();
      return value;
    } catch (error) {
      const isDecided = error instanceof ClarifaiError && ['rejected', 'fatal'].includes(error.category);
      if (isDecided && error.source === 'status') await this.remove();
      throw error;
    }
  }

  async remove(): Promise<void> {
    await this.#written;
    if (this.#file !== undefined) await rm(this.#file, { force: true });
  }

  #restore(file: string, text: string): void {
    const saved = parsed<Ids>(text);
    if (saved === undefined || !isDeepStrictEqual(saved.upload, this.#identity)) {
      const message = `${file} is of another upload: delete it to begin anew, or give \`resume\` another file`;
      throw invalidRequest(message, { code: 'UPLOAD_MISMATCH' });
    }
    this.#ids = saved.ids;
    this.#next = saved.next;
    for (const partNumber of saved.also) this.#also.add(partNumber);
  }

  /** One after the other; the file is a whole one at any moment. */
  #write(): Promise<void> {
    const [file, ids] = [this.#file, this.#ids];
    if (file === undefined || ids === undefined) return this.#written;
    this.#written = this.#written.then(async () => {
      const saved: Saved<Ids> = { upload: this.#identity, ids, next: this.#next, also: [...this.#also] };
      await writeFile(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    return this.#written;
  }
}

export interface SavedUploadParams {
  /** What is made of the upload. */
  readonly makes: string;
  readonly content: UploadContent;
  readonly partBytes: number;
  /** File for it. @default none */
  readonly resume: string | undefined;
}

/** What is known of an upload: nothing, unless an earlier process left a file. */
export async function savedUpload<Ids extends Readonly<Record<string, string>>>(
  { ingestion: { address = '' }, scope: { userId = '', appId = '' } }: ScopedContext,
  { makes, content: { name, sizeBytes, changedAt }, partBytes, resume }: SavedUploadParams,
): Promise<SavedUpload<Ids>> {
  if (resume !== undefined) {
    assertString(resume, 'resume', { nonEmpty: true });
    if (changedAt === undefined) throw invalidArgument('resume', 'given for a file only, by its path', resume);
  }
  return SavedUpload.open(resume, { address, userId, appId, makes, name, sizeBytes, changedAt, partBytes });
}

function parsed<Ids>(text: string): Saved<Ids> | undefined {
  try {
    const saved = JSON.parse(text) as Saved<Ids>;
    const isWhole = typeof saved.ids === 'object' && Number.isInteger(saved.next) && Array.isArray(saved.also);
    return isWhole ? saved : undefined;
  } catch {
    return undefined;
  }
}
