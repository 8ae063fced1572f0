import { type FileHandle, open } from 'node:fs/promises';
import type { Prediction } from '../prediction';
import { card } from './card';
import { type Counts, pageFoot, pageHead } from './page';

/**
 * Begins a page that shows predictions, in one file that needs no other and no network.
 *
 * @throws Error when the file cannot be written
 */
export async function openHtmlReport(path: string, title: string): Promise<HtmlReport> {
  const file = await open(path, 'w');
  await file.appendFile(pageHead(title, new Date()));
  return new HtmlReport(file);
}

/** Each prediction is written when it comes, so that a report of any length takes the memory of one. */
export class HtmlReport {
  readonly #file: FileHandle;
  #counts: Counts = { inputs: 0, failed: 0, synthetic: 0 };

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(prediction: Prediction): Promise<void> {
    const { inputs, failed, synthetic } = this.#counts;
    const isSynthetic = prediction.findings.some((finding) => finding.synthetic !== undefined);
    this.#counts = {
      inputs: inputs + 1,
      failed: failed + (prediction.failure === undefined ? 0 : 1),
      synthetic: synthetic + (isSynthetic ? 1 : 0),
    };
    await this.#file.appendFile(card(prediction, inputs + 1));
  }

  /** Ends the page; without that it is not whole. */
  async close(): Promise<void> {
    try {
      await this.#file.appendFile(pageFoot(this.#counts));
    } finally {
      await this.#file.close();
    }
  }
}
