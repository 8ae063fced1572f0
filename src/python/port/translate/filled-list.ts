import type { Context } from '../context';
import { braced } from '../print/braced';
import { type Doc, hardline } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Clause, ExpressionOf } from '../syntax/ast';
import { listOf, type Type, unknown } from '../type';
import { type Value, value } from '../value';
import { elementOf } from './element';
import { iterated } from './iterated';
import { condition } from './operators';
import { bindTarget } from './target';

/** A comprehension as a list that loops before the statement fill: one call of the service after the other, as in Python. */
export function filledByLoops(node: ExpressionOf<'comprehension'>, context: Context, expected: Type): Value {
  const list = context.scope.temporary('list');
  let of: Type = unknown;
  const loop = ([clause, ...more]: readonly Clause[], outer: Context): Doc => {
    if (clause === undefined) throw new Untranslatable('A comprehension needs a `for`', node.from);
    const { doc, type } = iterated(clause.iterable, outer);
    const before: Doc[] = [];
    const inner = outer.nested(before);
    const target = bindTarget(clause.target, type.kind === 'list' || type.kind === 'stream' ? type.of : unknown, inner);
    const tests = clause.tests.map((test): Doc => ['if (!(', condition(test, inner).doc, ')) continue;', hardline]);
    const body = more.length > 0 ? loop(more, inner) : push(inner);
    const head = type.kind === 'stream' ? 'for await (const ' : 'for (const ';
    return [head, target.doc, ' of ', doc, ') ', braced([tests, before, body])];
  };
  const push = (inner: Context): Doc => {
    const element = elementOf(node, inner, expected);
    of = element.type;
    return [`${list}.push(`, element.doc, ');'];
  };
  const loops = loop(node.clauses, context);
  context.before.push(`const ${list} = [];`, hardline, loops, hardline);
  return value(list, listOf(of));
}
