import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { ExpressionOf } from '../syntax/ast';
import { json, listOf, type Type, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { bindTarget } from './target';
import { condition } from './operators';
import { iterated } from './iterated';

/** `[f(x) for x in list if test]` as `list.filter(...).map(...)`. */
export function comprehension(node: ExpressionOf<'comprehension'>, context: Context, expected: Type): Value {
  const [clause, nested] = node.clauses;
  if (clause === undefined || nested !== undefined) {
    throw new Untranslatable('A comprehension with several `for` has no translation', node.from);
  }
  const list = iterated(clause.iterable, context);
  if (list.type.kind === 'stream') throw new Untranslatable('A stream has no comprehension; use a loop', node.from);
  const of: Type = list.type.kind === 'list' ? list.type.of : unknown;
  const inner = context.nested();
  const target = bindTarget(clause.target, of, inner);
  const parameter = target.destructured ? ['(', target.doc, ')'] : ['(', target.doc, ')'];
  const chain = (object: Doc, name: string, body: Doc): Doc => [object, '.', name, '(', parameter, ' => ', body, ')'];
  let doc: Doc = at(level.member, list);
  for (const test of clause.tests) doc = chain(doc, 'filter', at(level.arrow, condition(test, inner)));
  const elementType = expected.kind === 'list' || expected.kind === 'stream' ? expected.of : unknown;
  const element = definite(inner.expression(node.element, elementType));
  const body = at(level.arrow, element);
  if (node.shape === 'dict' && node.key !== undefined) {
    const key = definite(inner.expression(node.key));
    return value(['Object.fromEntries(', chain(doc, 'map', ['[', key.doc, ', ', body, ']']), ')'], json, level.member);
  }
  // An object literal after an arrow needs brackets, or it would be a block.
  const asBody = isObject(body) ? ['(', body, ')'] : body;
  const same = element.doc === target.doc;
  const mapped = same && clause.tests.length > 0 ? doc : chain(doc, 'map', asBody);
  if (node.shape === 'set') return value(['new Set(', mapped, ')'], listOf(element.type), level.member);
  return value(mapped, listOf(element.type), level.member);
}

/** Whether the text begins with a brace. */
export function isObject(doc: Doc): boolean {
  if (typeof doc === 'string') return doc.startsWith('{');
  if ('kind' in doc) return doc.kind === 'group' || doc.kind === 'indent' ? isObject(doc.doc) : false;
  const [first] = doc;
  return first !== undefined && isObject(first);
}
