import { waitsIn } from '../async-names';
import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Clause, ExpressionOf } from '../syntax/ast';
import { json, listOf, type Type, unknown } from '../type';
import { at, level, type Value, value } from '../value';
import { elementOf } from './element';
import { filledByLoops } from './filled-list';
import { iterated } from './iterated';
import { condition } from './operators';
import { bindTarget } from './target';

/** `[f(x) for x in list if test]` as `list.filter(...).map(...)`, or as loops where something is waited for. */
export function comprehension(node: ExpressionOf<'comprehension'>, context: Context, expected: Type): Value {
  if (waitsIn(node, context.asyncNames)) return shaped(node, filledByLoops(node, context, elementType(expected)));
  const mapped = mappedClauses(node.clauses, node, context, elementType(expected));
  return shaped(node, mapped);
}

function elementType(expected: Type): Type {
  return expected.kind === 'list' || expected.kind === 'stream' ? expected.of : unknown;
}

/** A list, or what is made of the list. */
function shaped({ shape }: ExpressionOf<'comprehension'>, { doc, type }: Value): Value {
  const of = type.kind === 'list' ? type.of : unknown;
  if (shape === 'set') return value(['new Set(', doc, ')'], { kind: 'set', of }, level.member);
  if (shape !== 'dict') return value(doc, type, level.member);
  const held = of.kind === 'pair' ? (of.of[1] ?? unknown) : unknown;
  return value(
    ['Object.fromEntries(', doc, ')'],
    held.kind === 'unknown' ? json : { kind: 'map', of: held },
    level.member,
  );
}

function mappedClauses(
  [clause, ...more]: readonly Clause[],
  node: ExpressionOf<'comprehension'>,
  context: Context,
  expected: Type,
): Value {
  if (clause === undefined) throw new Untranslatable('A comprehension needs a `for`', node.from);
  const list = iterated(clause.iterable, context);
  const of: Type = list.type.kind === 'list' ? list.type.of : unknown;
  const inner = context.nested();
  const target = bindTarget(clause.target, of, inner);
  // What nobody knows the type of is taken as it is.
  const parameter: Doc = list.type.kind === 'unknown' ? [target.doc, ': any'] : target.doc;
  const chain = (object: Doc, name: string, body: Doc): Doc => [object, '.', name, '((', parameter, ') => ', body, ')'];
  let doc: Doc = at(level.member, list);
  for (const test of clause.tests) doc = chain(doc, 'filter', at(level.arrow, condition(test, inner)));
  if (more.length > 0) {
    const { doc: body, type } = mappedClauses(more, node, inner, expected);
    return value(chain(doc, 'flatMap', body), type, level.member);
  }
  const element = elementOf(node, inner, expected);
  const body = at(level.arrow, element);
  const same = element.doc === target.doc && clause.tests.length > 0;
  // An object literal after an arrow needs brackets, or it would be a block.
  const mapped = same ? doc : chain(doc, 'map', isObject(body) ? ['(', body, ')'] : body);
  return value(mapped, listOf(element.type), level.member);
}

/** Whether the text begins with a brace. */
export function isObject(doc: Doc): boolean {
  if (typeof doc === 'string') return doc.startsWith('{');
  if ('kind' in doc) return doc.kind === 'group' || doc.kind === 'indent' ? isObject(doc.doc) : false;
  const [first] = doc;
  return first !== undefined && isObject(first);
}
