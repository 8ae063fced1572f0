import type { SyntaxNode } from '@lezer/common';

/** A parsed source: its tree's texts, children without punctuation, and the comments that no node has taken yet. */
export class Source {
  readonly #comments = new Map<number, string>();
  readonly #lineStarts: readonly number[];

  constructor(readonly text: string) {
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  of(node: { readonly from: number; readonly to: number }): string {
    return this.text.slice(node.from, node.to);
  }

  /** Line and column, both from 1. */
  position(offset: number): { line: number; column: number } {
    const line = this.lineOf(offset);
    return { line, column: offset - (this.#lineStarts[line - 1] ?? 0) + 1 };
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  found(comment: SyntaxNode): void {
    this.#comments.set(comment.from, this.of(comment));
  }

  /** Takes one comment, so that nobody else does. */
  take(comment: SyntaxNode): string {
    this.#comments.delete(comment.from);
    return commentText(this.of(comment));
  }

  /** Takes what is left between two offsets. */
  takeBetween(from: number, to: number): string[] {
    const left = [...this.#comments].filter(([at]) => at >= from && at < to);
    for (const [at] of left) this.#comments.delete(at);
    return left.map(([, text]) => commentText(text));
  }
}

/** All children, comments and punctuation included. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

function commentText(comment: string): string {
  const text = comment.replace(/^#+(?!#)(?=\s|$)|^#/, '').trimEnd();
  const isRuler = /^#+$/.test(comment.trim());
  if (isRuler) return ` ${comment.trim()}`;
  return text === '' || text.startsWith(' ') ? text : ` ${text}`;
}
