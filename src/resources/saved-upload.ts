import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { isNativeError } from 'node:util/types';
import { invalidRequest } from '../base/assert';

/** What an upload is of, and where it goes: one that goes on must have the same. */
export interface UploadIdentity {
  readonly address: string;
  readonly userId: string | null;
  readonly appId: string | null;
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAt: number;
  readonly partBytes: number;
}

interface Saved {
  readonly upload: UploadIdentity;
  readonly jobId: string;
  readonly uploadId: string;
  /** All parts below this one are in. */
  readonly next: number;
  /** Parts above it that are in. */
  readonly also: readonly number[];
}

/** How far an upload has come, in a small file that a later process goes on from. */
export class SavedUpload {
  readonly #file: string;
  readonly #identity: UploadIdentity;
  #ids: { readonly jobId: string; readonly uploadId: string } | undefined;
  #next = 1;
  readonly #also = new Set<number>();
  #written: Promise<void> = Promise.resolve();

  /** Of an upload that was not begun; `open` reads what is in the file. */
  constructor(file: string, identity: UploadIdentity) {
    this.#file = file;
    this.#identity = identity;
  }

  /** @throws InvalidRequestError with the code `UPLOAD_MISMATCH` for the state of another upload */
  static async open(file: string, identity: UploadIdentity): Promise<SavedUpload> {
    const saved = new SavedUpload(file, identity);
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) saved.#restore(text);
    return saved;
  }

  /** The upload that was begun; `undefined` when there is none. */
  get ids(): { readonly jobId: string; readonly uploadId: string } | undefined {
    return this.#ids;
  }

  has(partNumber: number): boolean {
    return partNumber < this.#next || this.#also.has(partNumber);
  }

  /** Begins anew, with no part in. */
  async begin(ids: { readonly jobId: string; readonly uploadId: string }): Promise<void> {
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

  async remove(): Promise<void> {
    await this.#written;
    await rm(this.#file, { force: true });
  }

  #restore(text: string): void {
    const saved = parsed(text);
    if (saved === undefined || !isDeepStrictEqual(saved.upload, this.#identity)) {
      const message = `${this.#file} is of another upload: delete it to begin anew, or give \`resume\` another file`;
      throw invalidRequest(message, { code: 'UPLOAD_MISMATCH' });
    }
    const { jobId, uploadId, next, also } = saved;
    this.#ids = { jobId, uploadId };
    this.#next = next;
    for (const partNumber of also) this.#also.add(partNumber);
  }

  /** One after the other; the file is a whole one at any moment. */
  #write(): Promise<void> {
    this.#written = this.#written.then(async () => {
      if (this.#ids === undefined) return;
      const saved: Saved = { upload: this.#identity, ...this.#ids, next: this.#next, also: [...this.#also] };
      await writeFile(`${this.#file}.new`, JSON.stringify(saved), { mode: 0o600 });
      await rename(`${this.#file}.new`, this.#file);
    });
    return this.#written;
  }
}

function parsed(text: string): Saved | undefined {
  try {
    const saved = JSON.parse(text) as Saved;
    const isWhole = typeof saved.uploadId === 'string' && Number.isInteger(saved.next) && Array.isArray(saved.also);
    return isWhole ? saved : undefined;
  } catch {
    return undefined;
  }
}
