import type { Context } from '../context';
import { braced } from '../print/braced';
import type { Doc } from '../print/doc';
import type { Expression, ExpressionOf, StatementOf } from '../syntax/ast';
import { namesBoundBy } from '../syntax/walk';
import { number, type Type, unknown } from '../type';
import { at, definite, level } from '../value';
import { iterated } from './iterated';
import { condition } from './operators';
import { bindTarget } from './target';

export function forLoop({ target, iterable, body }: StatementOf<'for'>, context: Context): Doc {
  const inner = context.inBlock();
  const isOwn = namesBoundBy(target).every((name) => !context.scope.has(name));
  // What is used after the loop has been declared before it.
  const scope = isOwn ? inner : context;
  const range = rangeOf(iterable, context);
  if (range !== undefined && isOwn && target.kind === 'name') return countingLoop(range, target.name, body, inner);
  const list = iterated(iterable, context);
  const { type } = list;
  const of: Type = type.kind === 'list' || type.kind === 'stream' ? type.of : unknown;
  const { doc } = bindTarget(target, of, scope);
  return [
    type.kind === 'stream' ? 'for await (' : 'for (',
    isOwn ? 'const ' : '',
    doc,
    ' of ',
    entriesOf(iterable, list.doc),
    ') ',
    braced(context.block(body, { scope: inner.scope })),
  ];
}

export function whileLoop({ test, body }: StatementOf<'while'>, context: Context): Doc {
  return ['while (', condition(test, context).doc, ') ', braced(context.block(body))];
}

/** A loop takes an iterator as it is, without a copy. */
function entriesOf(iterable: Expression, doc: Doc): Doc {
  const isEnumerate =
    iterable.kind === 'call' && iterable.callee.kind === 'name' && /^(enumerate|zip)$/.test(iterable.callee.name);
  if (!isEnumerate || !Array.isArray(doc)) return doc;
  const [open, inner, close] = doc as readonly Doc[];
  return open === '[...' && close === ']' && inner !== undefined ? inner : doc;
}

interface Range {
  readonly start: Expression | undefined;
  readonly stop: Expression;
  readonly step: Expression | undefined;
}

function rangeOf(node: Expression, { scope }: Context): Range | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== 'range') return undefined;
  if (scope.lookup('range') !== undefined) return undefined;
  const [first, second, step] = node.args.items.map(({ value }) => value.value);
  if (first === undefined) return undefined;
  return second === undefined ? { start: undefined, stop: first, step } : { start: first, stop: second, step };
}

function countingLoop(
  { start, stop, step }: Range,
  name: string,
  body: StatementOf<'for'>['body'],
  context: Context,
): Doc {
  const from = start === undefined ? '0' : at(level.arrow, definite(context.expression(start)));
  const to = at(level.relational + 1, definite(context.expression(stop)));
  const by = step === undefined ? undefined : definite(context.expression(step));
  const down = step !== undefined && isNegative(step);
  const { text } = context.scope.bind(name, number);
  const next: Doc = by === undefined ? [text, '++'] : [text, ' += ', at(level.arrow, by)];
  const head: Doc = ['for (let ', text, ' = ', from, '; ', text, down ? ' > ' : ' < ', to, '; ', next, ') '];
  return [head, braced(context.block(body, { scope: context.scope }))];
}

function isNegative(node: Expression): node is ExpressionOf<'unary'> {
  return node.kind === 'unary' && node.operator === '-';
}
