import { type Doc, group, indent, line, softline, trailingComma } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Argument, Expression, ExpressionOf } from '../syntax/ast';

/** The arguments of a call, for those who translate it. */
export interface Arguments {
  readonly node: ExpressionOf<'call'>;
  readonly positional: readonly Expression[];
  readonly named: ReadonlyMap<string, Expression>;
}

export function argumentsOf(node: ExpressionOf<'call'>): Arguments {
  const list = node.args.items.map(({ value: argument }) => argument);
  return {
    node,
    positional: list.filter(({ name }) => name === undefined).map(asExpression),
    named: new Map(list.flatMap(({ name, value: given }) => (name === undefined ? [] : [[name, given]]))),
  };
}

function asExpression({ star, value: given }: Argument): Expression {
  if (star === '**') throw new Untranslatable('`**` has no translation in this call', given.from);
  return star === '*' ? { from: given.from, to: given.to, kind: 'star', value: given } : given;
}

/** `(a, b)`, broken when it does not fit. */
export function callArguments(docs: readonly Doc[]): Doc {
  const parts = docs.flatMap((doc, index) => (index === 0 ? [doc] : [',', line, doc]));
  return docs.length < 2 ? ['(', parts, ')'] : group('(', indent(softline, parts, trailingComma), softline, ')');
}
