import type { Metadata } from '@grpc/grpc-js';
import { keyHeader, sessionTokenHeader } from './auth';

/** Credentials that are remembered: more than are in use at a time, in a service that calls for many users. */
const maxRemembered = 100;

/** Anything shorter is no credential, and taking it out would leave nothing of a text. */
const minLength = 6;

/** The credentials that calls carried lately, whoever gave them, to take them out of texts that come back. */
export class SentCredentials {
  readonly #values = new Set<string>();
  #last: Metadata | undefined;

  note(metadata: Metadata): void {
    // Calls with the stub's own credential all carry the same metadata.
    if (metadata === this.#last) return;
    this.#last = metadata;
    for (const header of [keyHeader, sessionTokenHeader]) {
      for (const value of metadata.get(header)) this.#remember(String(value).replace(/^\w+\s+/, ''));
    }
  }

  /** A text without them. */
  redact(text: string): string {
    let redacted = text;
    for (const value of this.#values) redacted = redacted.replaceAll(value, '[redacted]');
    return redacted;
  }

  #remember(value: string): void {
    if (value.length < minLength) return;
    this.#values.delete(value);
    this.#values.add(value);
    const [oldest] = this.#values;
    if (this.#values.size > maxRemembered && oldest !== undefined) this.#values.delete(oldest);
  }
}
