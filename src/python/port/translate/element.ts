import type { Context } from '../context';
import type { ExpressionOf } from '../syntax/ast';
import type { Type } from '../type';
import { at, definite, level, type Value, value } from '../value';

/** What is in the list for each step: of a dict, the key and the value. */
export function elementOf(node: ExpressionOf<'comprehension'>, context: Context, expected: Type): Value {
  const element = definite(context.expression(node.element, expected));
  if (node.shape !== 'dict' || node.key === undefined) return element;
  const key = definite(context.expression(node.key));
  return value(['[', key.doc, ', ', at(level.arrow, element), ']'], { kind: 'pair', of: [key.type, element.type] });
}
