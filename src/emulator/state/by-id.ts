interface Identified {
  readonly id: string;
}

/** In the order of their ids, which are all different. */
export function sortById<Item extends Identified>(items: Iterable<Item>): Item[] {
  return [...items].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Where an item is, or would be, among items in the order of their ids. */
export function indexById(sorted: readonly Identified[], { id }: Identified): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const { id: found = id } = sorted[middle] ?? {};
    if (found < id) from = middle + 1;
    else to = middle;
  }
  return from;
}
