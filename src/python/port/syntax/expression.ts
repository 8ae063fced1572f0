import type { SyntaxNode } from '@lezer/common';
import type { Argument, Clause, Entry, Expression, Items, Parameter, Span } from './ast';
import { itemsOf } from './items';
import { stringOf } from './strings';
import { childrenOf, type Source } from './tree';

type Read = (node: SyntaxNode, children: readonly SyntaxNode[], source: Source) => Expression;

/** The expression that a node of the tree stands for. */
export function expressionOf(node: SyntaxNode, source: Source): Expression {
  const read = readers[node.name];
  const children = childrenOf(node).filter(({ name }) => name !== 'Comment');
  return read?.(node, children, source) ?? { ...spanOf(node), kind: 'unsupported', what: describe(node, source) };
}

/** One expression, or the tuple that several with commas between them are. */
export function expressionList(nodes: readonly SyntaxNode[], source: Source): Expression | undefined {
  const parts = nodes.filter(({ name }) => name !== ',' && name !== 'Comment');
  const [first] = parts;
  if (first === undefined) return undefined;
  if (parts.length === nodes.length && parts.length === 1) return expressionOf(first, source);
  if (first.name === '*' || first.name === '**') return starred(parts, source);
  const items = parts.flatMap((part, index) => {
    if (part.name === '*') return [];
    const star = parts[index - 1]?.name === '*';
    const value = star ? starred(parts.slice(index - 1, index + 1), source) : expressionOf(part, source);
    return [{ value, before: [], after: undefined }];
  });
  const span = { from: first.from, to: parts.at(-1)?.to ?? first.to };
  return { ...span, kind: 'tuple', elements: { items, rest: [], expanded: false } };
}

export function parametersOf(list: SyntaxNode, source: Source): Parameter[] {
  return itemsOf(list, source, (parts) => {
    const name = parts.find((part) => part.name === 'VariableName');
    const annotation = parts.find((part) => part.name === 'TypeDef');
    const typeNode = annotation && childrenOf(annotation).find((part) => part.name !== ':');
    const assign = parts.findIndex((part) => part.name === 'AssignOp');
    const fallback = assign < 0 ? undefined : parts[assign + 1];
    return {
      name: name === undefined ? '' : source.of(name),
      star: starOf(parts),
      annotation: typeNode && expressionOf(typeNode, source),
      fallback: fallback && expressionOf(fallback, source),
    };
  })
    .items.map(({ value }) => value)
    .filter(({ name }) => name !== '');
}

const readers: Readonly<Record<string, Read>> = {
  VariableName: (node, _, source) => ({ ...spanOf(node), kind: 'name', name: source.of(node) }),
  Number: (node, _, source) => ({ ...spanOf(node), kind: 'number', text: source.of(node) }),
  Boolean: (node, _, source) => ({ ...spanOf(node), kind: 'constant', value: source.of(node) === 'True' }),
  None: (node) => ({ ...spanOf(node), kind: 'constant', value: null }),
  String: stringOf(expressionOf),
  FormatString: stringOf(expressionOf),
  ContinuedString: stringOf(expressionOf),
  ParenthesizedExpression: (node, children, source) => {
    const inner = children.find(({ name }) => name !== '(' && name !== ')');
    return inner && inner.name === 'YieldExpression'
      ? expressionOf(inner, source)
      : { ...spanOf(node), kind: 'group', value: required(inner, node, source) };
  },
  TupleExpression: (node, _, source) => sequence('tuple', node, source),
  ArrayExpression: (node, _, source) => sequence('list', node, source),
  SetExpression: (node, _, source) => sequence('set', node, source),
  DictionaryExpression: (node, _, source) => ({
    ...spanOf(node),
    kind: 'dict',
    entries: itemsOf(node, source, (parts): Entry => {
      const [key, , value] = parts;
      if (key?.name === '**') return { key: undefined, value: required(parts[1], node, source) };
      return { key: key && expressionOf(key, source), value: required(value, node, source) };
    }),
  }),
  MemberExpression: (node, children, source) => {
    const [object, punctuation, ...rest] = children;
    // `1.` and `1.e5`, which the grammar takes for the field of a number.
    if (object?.name === 'Number') return { ...spanOf(node), kind: 'number', text: source.of(node) };
    const target = required(object, node, source);
    if (punctuation?.name === '.') {
      const name = rest[0] === undefined ? '' : source.of(rest[0]);
      return { ...spanOf(node), kind: 'attribute', object: target, name };
    }
    return { ...spanOf(node), kind: 'index', object: target, index: indexOf(rest.slice(0, -1), node, source) };
  },
  CallExpression: (node, [callee, list], source) => ({
    ...spanOf(node),
    kind: 'call',
    callee: required(callee, node, source),
    args: list === undefined ? { items: [], rest: [], expanded: false } : argumentsOf(list, source),
  }),
  UnaryExpression: (node, [operator, operand], source) => ({
    ...spanOf(node),
    kind: 'unary',
    operator: operator === undefined ? '' : source.of(operator),
    operand: required(operand, node, source),
  }),
  BinaryExpression: (node, children, source) => ({
    ...spanOf(node),
    kind: 'binary',
    operator: children
      .slice(1, -1)
      .map((part) => source.of(part))
      .join(' '),
    left: required(children[0], node, source),
    right: required(children.at(-1), node, source),
  }),
  ConditionalExpression: (node, [then, , test, , otherwise], source) => ({
    ...spanOf(node),
    kind: 'conditional',
    test: required(test, node, source),
    then: required(then, node, source),
    otherwise: required(otherwise, node, source),
  }),
  ArrayComprehensionExpression: (node, children, source) => comprehension('list', node, children.slice(1, -1), source),
  SetComprehensionExpression: (node, children, source) => comprehension('set', node, children.slice(1, -1), source),
  DictionaryComprehensionExpression: (node, children, source) =>
    comprehension('dict', node, children.slice(1, -1), source),
  ComprehensionExpression: (node, children, source) => comprehension('generator', node, children.slice(1, -1), source),
  LambdaExpression: (node, children, source) => {
    const list = children.find(({ name }) => name === 'ParamList');
    return {
      ...spanOf(node),
      kind: 'lambda',
      parameters: list === undefined ? [] : parametersOf(list, source),
      body: required(children.at(-1), node, source),
    };
  },
  AwaitExpression: (node, children, source) => ({
    ...spanOf(node),
    kind: 'await',
    value: required(children.at(-1), node, source),
  }),
  YieldExpression: (node, children, source) => ({
    ...spanOf(node),
    kind: 'yield',
    value: expressionList(children.slice(1), source),
  }),
};

export function spanOf(node: Span): Span {
  return { from: node.from, to: node.to };
}

function required(part: SyntaxNode | undefined, node: SyntaxNode, source: Source): Expression {
  if (part === undefined) return { ...spanOf(node), kind: 'unsupported', what: describe(node, source) };
  return expressionOf(part, source);
}

function describe(node: SyntaxNode, source: Source): string {
  const text = source.of(node).split('\n')[0] ?? '';
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

function sequence(kind: 'list' | 'tuple' | 'set', node: SyntaxNode, source: Source): Expression {
  const elements = itemsOf(node, source, (parts) => starred(parts, source));
  return { ...spanOf(node), kind, elements };
}

function starred(parts: readonly SyntaxNode[], source: Source): Expression {
  const [first, second] = parts;
  if (first === undefined) throw new RangeError('a list item has at least one node');
  if (first.name !== '*' || second === undefined) return expressionOf(first, source);
  return { from: first.from, to: second.to, kind: 'star', value: expressionOf(second, source) };
}

function starOf(parts: readonly SyntaxNode[]): '' | '*' | '**' {
  const [first] = parts;
  return first?.name === '*' || first?.name === '**' ? first.name : '';
}

/** The arguments of a call; a generator without brackets of its own is the only one. */
function argumentsOf(list: SyntaxNode, source: Source): Items<Argument> {
  const parts = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')' && name !== 'Comment');
  const [first] = parts;
  if (first === undefined || !parts.some(({ name }) => name === 'for')) {
    return itemsOf(list, source, (argument) => argumentOf(argument, source));
  }
  const value = comprehension('generator', first, parts, source);
  return {
    items: [{ value: { name: undefined, star: '', value }, before: [], after: undefined }],
    rest: [],
    expanded: false,
  };
}

function argumentOf(parts: readonly SyntaxNode[], source: Source): Argument {
  const [first, second, third] = parts;
  if (first === undefined) throw new RangeError('an argument has at least one node');
  const star = starOf(parts);
  if (star !== '' && second !== undefined) return { name: undefined, star, value: expressionOf(second, source) };
  if (second?.name === 'AssignOp' && third !== undefined) {
    return { name: source.of(first), star: '', value: expressionOf(third, source) };
  }
  return { name: undefined, star: '', value: expressionOf(first, source) };
}

function indexOf(parts: readonly SyntaxNode[], node: SyntaxNode, source: Source): Expression {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && only.name !== ':') return expressionOf(only, source);
  const bounds: (Expression | undefined)[] = [undefined];
  for (const part of parts) {
    if (part.name === ',') return { ...spanOf(node), kind: 'unsupported', what: describe(node, source) };
    if (part.name === ':') bounds.push(undefined);
    else bounds[bounds.length - 1] = expressionOf(part, source);
  }
  return { ...spanOf(node), kind: 'slice', parts: bounds };
}

function comprehension(
  shape: 'list' | 'set' | 'dict' | 'generator',
  node: SyntaxNode,
  parts: readonly SyntaxNode[],
  source: Source,
): Expression {
  const starts = parts.flatMap(({ name }, index) => (name === 'for' ? [index] : []));
  const head = parts.slice(0, starts[0]).filter(({ name }) => name !== ':');
  const clauses = starts.map((start, index): Clause => {
    const clause = parts.slice(start + 1, starts[index + 1]);
    const at = clause.findIndex(({ name }) => name === 'in');
    const firstTest = clause.findIndex(({ name }) => name === 'if');
    const end = firstTest < 0 ? clause.length : firstTest;
    return {
      target: expressionList(clause.slice(0, at), source) ?? required(undefined, node, source),
      iterable: required(clause.slice(at + 1, end)[0], node, source),
      tests: clause
        .slice(end)
        .filter(({ name }) => name !== 'if')
        .map((test) => expressionOf(test, source)),
    };
  });
  const [first, second] = head;
  const element = required(shape === 'dict' ? second : first, node, source);
  const key = shape === 'dict' ? required(first, node, source) : undefined;
  const span = { from: parts[0]?.from ?? node.from, to: parts.at(-1)?.to ?? node.to };
  return { ...span, kind: 'comprehension', shape, key, element, clauses };
}
