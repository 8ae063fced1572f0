import { joinedType } from './joined-type';
import type { Type } from './type';

/**
 * What one translation learns too late for itself: what functions are called with and give, what empty lists come to hold, what
 * fields of a class are. The script is translated until nothing new is learnt.
 */
export class Knowledge {
  readonly #types = new Map<string, Type>();
  #changed = false;

  /** Whether something was learnt since the last call. */
  takeChanged(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  get(key: string): Type | undefined {
    return this.#types.get(key);
  }

  note(key: string, type: Type): void {
    const known = this.#types.get(key);
    const joined = known === undefined ? type : joinedType(known, type);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(joined)) return;
    this.#types.set(key, joined);
    this.#changed = true;
  }
}
