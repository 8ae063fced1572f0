import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Expression } from '../syntax/ast';
import { float, isNumber, number, string, type Type, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import type { Arguments } from './arguments';
import { iterated } from './iterated';
import { plainNumber } from './plain-number';
import { pythonHelper } from './python-helper';

/** `sorted(list, key=lambda x: x.value, reverse=True)` as a copy that is sorted. */
export function sortedCopy({ positional: [given], named, node }: Arguments, context: Context): Value {
  if (given === undefined) throw new Untranslatable('sorted() takes a list', node.from);
  const list = iterated(given, context);
  return value(
    ['[...', at(level.equality, list), '].sort(', comparison(list.type, named, context), ')'],
    list.type,
    level.member,
  );
}

/** What an element is sorted by: itself, or what a lambda or another function makes of it. */
export function keyOf(key: Expression | undefined, text: string, of: Type, context: Context): Value {
  const element = value(text, of);
  if (key === undefined) return definite(element);
  const [parameter] = key.kind === 'lambda' ? key.parameters : [];
  if (key.kind === 'lambda' && parameter !== undefined) {
    const inner = context.nested();
    inner.scope.bindAs(parameter.name, text, of);
    return definite(inner.expression(key.body));
  }
  if (key.kind === 'name' && key.name === 'len') return value([text, '.length'], number, level.member);
  const made = key.kind === 'attribute' || key.kind === 'name' ? ofOwnKind(key, text, context) : undefined;
  if (made !== undefined) return made;
  if (key.kind !== 'name') throw new Untranslatable('Only a lambda or a function can be the key here', key.from);
  return value([context.expression(key).doc, '(', text, ')'], unknown, level.member);
}

const textMethods: Readonly<Record<string, string>> = { lower: 'toLowerCase', upper: 'toUpperCase', strip: 'trim' };

/** `str.lower`, `int` and their like, as functions of an element. */
function ofOwnKind(key: Expression, text: string, context: Context): Value | undefined {
  if (key.kind === 'attribute') {
    const name = key.object.kind === 'name' && key.object.name === 'str' ? textMethods[key.name] : undefined;
    return name === undefined ? undefined : value([text, '.', name, '()'], string, level.member);
  }
  if (key.kind !== 'name' || context.scope.lookup(key.name) !== undefined) return undefined;
  if (key.name === 'str') return value(['String(', text, ')'], string, level.member);
  if (key.name === 'int') return value(['Math.trunc(Number(', text, '))'], number, level.member);
  return key.name === 'float' ? value(['Number(', text, ')'], float, level.member) : undefined;
}

/** The function that compares two elements as Python would. */
export function comparison(type: Type, named: Arguments['named'], context: Context): Doc {
  const key = named.get('key');
  const reverse = named.get('reverse');
  const descending = reverse?.kind === 'constant' && reverse.value === true;
  const of = type.kind === 'list' ? type.of : unknown;
  const side = (wish: string): { text: string; one: Value } => {
    const inner = context.nested();
    const text = inner.scope.temporary(wish);
    return { text, one: keyOf(key, text, of, inner) };
  };
  const [a, b] = [side('a'), side('b')];
  const [first, second] = descending ? [b.one, a.one] : [a.one, b.one];
  const compared = isNumber(first.type)
    ? [at(level.additive, plainNumber(first)), ' - ', at(level.multiplicative, plainNumber(second))]
    : pythonHelper('compare', [first.doc, second.doc], context);
  return [`(${a.text}, ${b.text}) => `, compared];
}
