import { hash } from 'node:crypto';
import { SeenIds } from './seen-ids';

/** 128 bits in hexadecimal digits. */
const idLength = 32;

/** The id that an input's content decides: loading the same again makes no second copy. */
export function contentId(content: () => Uint8Array): string {
  return hash('sha256', content(), 'hex').slice(0, idLength);
}

/**
 * Random ids of a run that may be resumed: inputs of equal content get different ones, but what is read again gets the id it
 * had. They are made from a random seed, which the journal keeps, and from what tells the item from others when it comes
 * again: its cursor, or else its content and how many of the same content came before it.
 */
export class ResumableIds {
  readonly #seed: string;
  readonly #seen = new SeenIds();
  #made = 0;
  readonly #repeated = new Map<string, number>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  make(content: () => Uint8Array, cursor: string | undefined): string {
    return this.#idOf(cursor === undefined ? this.#occurrence(contentId(content)) : `cursor ${cursor}`);
  }

  #occurrence(content: string): string {
    const place = this.#made++;
    this.#seen.note(content, place);
    if (this.#seen.firstBefore(place) === undefined) return content;
    const times = (this.#repeated.get(content) ?? 0) + 1;
    this.#repeated.set(content, times);
    return `${content} ${times}`;
  }

  #idOf(name: string): string {
    return hash('sha256', `${this.#seed} ${name}`, 'hex').slice(0, idLength);
  }
}
