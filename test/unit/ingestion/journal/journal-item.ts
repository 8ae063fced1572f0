import type { Journal, Recalled } from '../../../../src/ingestion/journal/journal';

/** An item as a run shows it to its journal. */
export interface JournalItem {
  readonly order: number;
  readonly id: string | undefined;
  readonly cursor: string | undefined;
}

export function recall(journal: Journal, { order, id, cursor }: JournalItem): Recalled {
  if (cursor !== undefined) journal.locate(order, cursor);
  return journal.recall(order, id);
}

export function sent(journal: Journal, items: readonly JournalItem[]): Promise<void> {
  return journal.sent(items.flatMap(({ order, id }) => (id === undefined ? [] : [{ index: order, id }])));
}
