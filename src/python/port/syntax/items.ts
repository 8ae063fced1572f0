import type { SyntaxNode } from '@lezer/common';
import type { Item, Items } from './ast';
import { childrenOf, type Source } from './tree';

/** What stands between the brackets of a node, split at its commas, comments where they were. */
export function itemsOf<T>(node: SyntaxNode, source: Source, read: (parts: readonly SyntaxNode[]) => T): Items<T> {
  const items: Item<T>[] = [];
  let before: string[] = [];
  let parts: SyntaxNode[] = [];
  const children = inside(node);
  const end = (): void => {
    if (parts.length === 0) return;
    items.push({ value: read(parts), before, after: undefined });
    before = [];
    parts = [];
  };
  for (const child of children) {
    if (child.name === 'Comment') {
      const last = parts.length > 0 ? undefined : items.at(-1);
      const text = source.take(child);
      const anchor = parts.at(-1)?.to ?? items.at(-1)?.value;
      if (last !== undefined && followsOnLine(child, source)) {
        items[items.length - 1] = { ...last, after: text };
      } else if (anchor !== undefined && parts.length > 0 && followsOnLine(child, source)) {
        end();
        const ended = items.at(-1);
        if (ended !== undefined) items[items.length - 1] = { ...ended, after: text };
      } else {
        before.push(text);
      }
    } else if (child.name === ',') {
      end();
    } else {
      parts.push(child);
    }
  }
  end();
  const first = children[0];
  const expanded = first !== undefined && source.lineOf(first.from) > source.lineOf(node.from);
  return { items, rest: before, expanded };
}

function inside(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !'()[]{}'.includes(name));
}

/** Whether something other than a comment stands before it on its line. */
function followsOnLine(comment: SyntaxNode, source: Source): boolean {
  const lineStart = source.text.lastIndexOf('\n', comment.from - 1) + 1;
  return source.text.slice(lineStart, comment.from).trim() !== '';
}
