import { inspect } from 'node:util';

/** A credential that does not show itself in logs, JSON, `util.inspect` or string concatenation. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the header it goes into. */
  reveal(): string {
    return this.#value;
  }

  /** A text without the value. */
  redact(text: string): string {
    return text.replaceAll(this.#value, '[redacted]');
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}
