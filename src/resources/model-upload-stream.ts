import type {
  PostModelVersionsUploadConfig,
  PostModelVersionsUploadRequest,
} from '../../generated/proto/clarifai/api/service';
import type { InvokeStream } from '../operations/invoker';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { UploadPart } from './upload-content';

/** Bytes that one stream carries at most, as clarifai-python has it; what is left goes on the next. */
const maxStreamBytes = 89_128_960;

/** Parts that are on their way at once: while the service works on one, the next arrives. */
const maxUnanswered = 2;

export interface ModelUploadStreamParams {
  readonly invokeStream: InvokeStream;
  readonly config: DeepPartial<PostModelVersionsUploadConfig>;
  /** Those that are still needed. */
  readonly parts: AsyncIterable<UploadPart>;
  readonly call: CallOptions;
  /** Told the id of the version with the first answer. */
  readonly onBegun: (versionId: string) => Promise<void>;
  readonly onAnswered: (part: Pick<UploadPart, 'partNumber'>) => Promise<void>;
}

/** One stream of V2.PostModelVersionsUpload: first what is uploaded, then parts, each of which is answered. */
export class ModelUploadStream {
  /** Whether the service took the upload on. */
  hasBegun = false;
  readonly #params: ModelUploadStreamParams;
  readonly #unanswered: UploadPart[] = [];
  #hasEnded = false;
  #wake = (): void => undefined;

  constructor(params: ModelUploadStreamParams) {
    this.#params = params;
  }

  /** Sends parts until all are sent or the stream is full, and resolves when those are answered. */
  async send(): Promise<void> {
    const { invokeStream, call, onBegun, onAnswered } = this.#params;
    try {
      const options = { ...call, timeoutMs: null, idempotent: true };
      for await (const { modelVersionId } of invokeStream('PostModelVersionsUpload', this.#requests(), options)) {
        if (!this.hasBegun) await onBegun(modelVersionId);
        this.hasBegun = true;
        // The first answer is to what is uploaded, not to a part.
        const part = this.#unanswered.shift();
        if (part !== undefined) await onAnswered(part);
        this.#wake();
      }
    } finally {
      this.#hasEnded = true;
      this.#wake();
    }
  }

  async *#requests(): AsyncGenerator<DeepPartial<PostModelVersionsUploadRequest>, void, undefined> {
    const { config, parts } = this.#params;
    yield { uploadConfig: config };
    await this.#until(() => this.hasBegun);
    let bytes = 0;
    for await (const part of parts) {
      if (this.#hasEnded || (bytes > 0 && bytes + part.data.length > maxStreamBytes)) return;
      bytes += part.data.length;
      this.#unanswered.push(part);
      yield { contentPart: part };
      await this.#until(() => this.#unanswered.length < maxUnanswered);
    }
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.#hasEnded) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
