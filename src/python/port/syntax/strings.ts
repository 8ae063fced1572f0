import type { SyntaxNode } from '@lezer/common';
import type { Expression, Replacement } from './ast';
import { splitString, unescapeString } from './string-literal';
import { childrenOf, type Source } from './tree';

type Parts = (string | Replacement)[];

/** Reads plain, bytes and f-strings, and those written one after another. */
export function stringOf(expressionOf: (node: SyntaxNode, source: Source) => Expression) {
  return (node: SyntaxNode, _children: readonly SyntaxNode[], source: Source): Expression => {
    const tokens = node.name === 'ContinuedString' ? childrenOf(node).filter(({ name }) => name !== 'Comment') : [node];
    const span = { from: node.from, to: node.to };
    const parts = merged(tokens.flatMap((token) => partsOf(token, source, expressionOf)));
    const texts = parts.filter((part) => typeof part === 'string');
    if (texts.length < parts.length) return { ...span, kind: 'template', parts };
    const [first] = tokens;
    const bytes = first !== undefined && splitString(source.of(first)).bytes;
    return { ...span, kind: bytes ? 'bytes' : 'string', value: texts.join('') };
  };
}

function partsOf(
  token: SyntaxNode,
  source: Source,
  expressionOf: (node: SyntaxNode, source: Source) => Expression,
): Parts {
  const literal = splitString(source.of(token));
  const text = (from: number, to: number): string => {
    const body = unescapeString(source.text.slice(from, to), literal);
    return token.name === 'FormatString' ? body.replaceAll('{{', '{').replaceAll('}}', '}') : body;
  };
  const start = source.text.indexOf(literal.quote, token.from) + literal.quote.length;
  const parts: Parts = [];
  let at = start;
  for (const child of childrenOf(token)) {
    if (child.name !== 'FormatReplacement') continue;
    parts.push(text(at, child.from), replacementOf(child, source, expressionOf));
    at = child.to;
  }
  parts.push(text(at, start + literal.body.length));
  return parts;
}

function replacementOf(
  node: SyntaxNode,
  source: Source,
  expressionOf: (node: SyntaxNode, source: Source) => Expression,
): Replacement {
  const children = childrenOf(node);
  const of = (name: string): string => {
    const child = children.find((candidate) => candidate.name === name);
    return child === undefined ? '' : source.of(child);
  };
  const value = children.find(({ name }) => name !== '{');
  if (value === undefined) throw new RangeError('a replacement holds an expression');
  return {
    value: expressionOf(value, source),
    conversion: of('FormatConversion').slice(1),
    spec: of('FormatSpec').slice(1),
    label: of('FormatSelfDoc') === '' ? '' : `${source.of(value)}=`,
  };
}

function merged(parts: Parts): Parts {
  const result: Parts = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}
