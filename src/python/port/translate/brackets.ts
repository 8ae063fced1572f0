import { brokenGroup, type Doc, group, hardline, indent, line, softline, suffix, trailingComma } from '../print/doc';
import type { Items } from '../syntax/ast';

/** `{ a, b }`, on several lines when the author wrote it so or it does not fit. */
export function braces(items: Items<Doc>): Doc {
  return brackets('{', items, '}', line);
}

export function squareBrackets(items: Items<Doc>): Doc {
  return brackets('[', items, ']', softline);
}

export function itemsFrom(docs: readonly Doc[], expanded = false): Items<Doc> {
  return { items: docs.map((value) => ({ value, before: [], after: undefined })), rest: [], expanded };
}

/** A comment that takes the rest of its line. */
export function comment(text: string): string {
  return `//${text}`;
}

function brackets(open: string, { items, rest, expanded }: Items<Doc>, close: string, edge: Doc): Doc {
  if (items.length === 0 && rest.length === 0) return [open, close];
  const last = items.length - 1;
  const parts = items.map(({ value, before, after }, index): Doc => {
    const comments = before.map((text) => [comment(text), hardline]);
    const separator = index < last ? ',' : trailingComma;
    return [comments, value, separator, after === undefined ? '' : suffix(comment(after)), index < last ? line : ''];
  });
  const ending = rest.map((text, index) => [index === 0 && items.length === 0 ? '' : hardline, comment(text)]);
  const wrap = expanded && items.length > 0 ? brokenGroup : group;
  return wrap(open, indent(edge, parts, ending), rest.length > 0 ? hardline : edge, close);
}
