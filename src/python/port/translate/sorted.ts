import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { isScalar, type Type, unknown } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import type { Arguments } from './arguments';
import { plainNumber } from './plain-number';

/** `sorted(list, key=lambda x: x.value, reverse=True)` as a copy that is sorted. */
export function sortedCopy({ positional: [given], named, node }: Arguments, context: Context): Value {
  if (given === undefined) throw new Untranslatable('sorted() takes a list', node.from);
  const list = definite(context.expression(given));
  return value(
    ['[...', at(level.equality, list), '].sort(', comparison(list.type, named, context), ')'],
    list.type,
    level.member,
  );
}

/** The function that compares two elements as Python would. */
export function comparison(type: Type, named: Arguments['named'], context: Context): Doc {
  const key = named.get('key');
  const reverse = named.get('reverse');
  const descending = reverse?.kind === 'constant' && reverse.value === true;
  if (key !== undefined && key.kind !== 'lambda') {
    throw new Untranslatable('Only a lambda can be the key of a sort here', key.from);
  }
  const of = type.kind === 'list' ? type.of : unknown;
  const side = (wish: string): { text: string; one: Value } => {
    const inner = context.nested();
    const text = inner.scope.temporary(wish);
    const [parameter] = key?.parameters ?? [];
    if (key === undefined || parameter === undefined) return { text, one: value(text, of) };
    inner.scope.bindAs(parameter.name, text, of);
    return { text, one: definite(inner.expression(key.body)) };
  };
  const [a, b] = [side('a'), side('b')];
  const [first, second] = descending ? [b.one, a.one] : [a.one, b.one];
  const compared = isScalar(first.type, 'string')
    ? method(first, 'localeCompare', [second.doc])
    : [at(level.additive, plainNumber(first)), ' - ', at(level.multiplicative, plainNumber(second))];
  return [`(${a.text}, ${b.text}) => `, compared];
}
