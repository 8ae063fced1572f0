import type { Context } from '../context';
import type { Expression } from '../syntax/ast';
import { isScalar, listOf, string, unknown } from '../type';
import { definite, level, type Value, value } from '../value';

/** What a loop goes over: a dict gives its keys. */
export function iterated(node: Expression, context: Context): Value {
  const isLiteral = node.kind === 'tuple' && node.elements.items.every(({ value: item }) => item.kind !== 'tuple');
  const one = definite(context.expression(node, isLiteral ? listOf(unknown) : unknown));
  if (isScalar(one.type, 'string')) return value(['[...', one.doc, ']'], listOf(string));
  if (one.type.kind === 'file') {
    const read = context.imports.value('node:fs', 'readFileSync');
    return value([read, '(', one.doc, ", 'utf8').split('\\n')"], listOf(string), level.member);
  }
  if (one.type.kind === 'set') return value(['[...', one.doc, ']'], listOf(one.type.of));
  if (one.type.kind !== 'json' && one.type.kind !== 'map') return one;
  return value(['Object.keys(', one.doc, ')'], listOf(string), level.member);
}
