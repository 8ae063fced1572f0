import type { Context } from '../context';
import { joinedType } from '../joined-type';
import { typeText } from '../proto/names';
import type { ExpressionOf } from '../syntax/ast';
import { json, listOf, type Type, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { squareBrackets } from './brackets';

type Sequence = ExpressionOf<'list' | 'tuple' | 'set'>;

/** `[a, b]` and `(a, b)`. Of a tuple each place has a type of its own, unless a list is expected. */
export function sequence(node: Sequence, context: Context, expected: Type): Value {
  const bare = literal(node, context, expected);
  const { type } = bare;
  if (type.kind === 'pair') return value([bare.doc, ' as const'], type, level.relational);
  if (type.kind !== 'list' || type.of.kind !== 'pair' || takesList(expected)) return bare;
  const written = typeText(type, context);
  return value([bare.doc, ' as ', written ?? 'const'], type, level.relational);
}

function takesList({ kind }: Type): boolean {
  return kind === 'list' || kind === 'stream' || kind === 'json';
}

function literal(node: Sequence, context: Context, expected: Type): Value {
  const { elements } = node;
  const isTuple =
    node.kind === 'tuple' && !takesList(expected) && !elements.items.some(({ value: one }) => one.kind === 'star');
  const of =
    expected.kind === 'list' || expected.kind === 'stream' ? expected.of : expected.kind === 'json' ? json : unknown;
  const types: Type[] = [];
  const items = elements.items.map((item, index) => {
    const { value: given } = item;
    const place = expected.kind === 'pair' ? (expected.of[index] ?? unknown) : of;
    const inner =
      given.kind === 'tuple' || given.kind === 'list'
        ? literal(given, context, place)
        : context.expression(given, place);
    const one = definite(inner);
    types.push(given.kind === 'star' && one.type.kind === 'list' ? one.type.of : one.type);
    return { ...item, value: at(level.arrow, one) };
  });
  const doc = squareBrackets({ ...elements, items });
  if (expected.kind === 'json') return value(doc, json);
  if (isTuple) return value(doc, { kind: 'pair', of: types });
  return value(doc, listOf(types.length === 0 ? of : commonType(types)));
}

/** Mixed values have no type in common. */
export function commonType(types: readonly Type[]): Type {
  const known = types.filter(({ kind }) => kind !== 'none');
  const all = known.length === 0 ? unknown : known.reduce(joinedElement);
  const fits = (one: Type): boolean => JSON.stringify(joinedElement(one, all)) === JSON.stringify(all);
  return known.every(fits) && known.every((one) => joinedElement(one, known[0] ?? unknown).kind !== 'unknown')
    ? all
    : unknown;
}

/** Tuples in one list are alike, place by place. */
function joinedElement(a: Type, b: Type): Type {
  if (a.kind !== 'pair' || b.kind !== 'pair' || a.of.length !== b.of.length) return joinedType(a, b);
  return { kind: 'pair', of: a.of.map((one, index) => joinedElement(one, b.of[index] ?? unknown)) };
}
