/** What a list asks of the message that it belongs to. */
export interface ListOwner {
  /** Turns what a caller gives into an element. */
  readonly convert: (value: unknown) => unknown;
  /** An element has come: the message that holds the list is set from now on. */
  readonly touch: () => void;
}

/** A repeated field: an array with the methods that Python's lists of messages have besides. */
// eslint-disable-next-line no-restricted-syntax -- it is an array in every way, `Array.isArray` included
export class Repeated<Item, Init = Item> extends Array<Item> {
  #owner: ListOwner | undefined;

  /** @internal */
  static ownedBy<Item>(items: Iterable<Item>, owner: ListOwner): Repeated<Item> {
    const list = new Repeated<Item>();
    for (const item of items) list.push(item);
    list.#owner = owner;
    return list;
  }

  /** What `map` and `filter` make is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** Adds an element, of which the list has a copy. */
  append(item: Init): void {
    this.push(this.#owner?.convert(item) as Item);
    this.#owner?.touch();
  }

  /** Adds several. */
  extend(items: Iterable<Init>): void {
    for (const item of items) this.append(item);
  }

  /** Adds a message made of these fields, and returns it. */
  add(fields?: Init): Item {
    const item = this.#owner?.convert(fields ?? {}) as Item;
    this.push(item);
    this.#owner?.touch();
    return item;
  }

  /** Takes the first element that is this very one out of the list. */
  remove(item: Item): void {
    const index = this.indexOf(item);
    if (index >= 0) this.splice(index, 1);
  }
}
