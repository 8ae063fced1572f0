import type { Context } from '../context';
import { propertyName, quote } from '../print/literals';
import { Untranslatable } from '../problem';
import { jsonFieldOf, unknownField } from '../proto/schema';
import type { Expression, ExpressionOf } from '../syntax/ast';
import { json, string, type Type, unknown } from '../type';
import { at, definite, level, member, method, type Value, value } from '../value';

/** `a[0]`, `a[-1]`, `a[1:3]`, `a["key"]`. */
export function subscript(node: ExpressionOf<'index'>, context: Context): Value {
  const object = context.expression(node.object);
  const { index } = node;
  if (object.type.kind === 'builtin' && object.type.name === 'os.environ') {
    if (index.kind !== 'string') throw new Untranslatable('A variable of the environment needs its name', node.from);
    return value(`process.env.${index.value}`, string, level.member, true);
  }
  if (index.kind === 'slice') return sliced(object, index, context);
  if (index.kind === 'string') return byKey(object, index, context);
  const { type } = object;
  const of: Type = type.kind === 'list' || type.kind === 'map' ? type.of : type.kind === 'json' ? json : unknown;
  // A message that is not there reads as undefined, and its fields with `?.`.
  const optional = of.kind === 'message' || object.optional;
  const place = definite(context.expression(index));
  if (index.kind === 'unary' && index.operator === '-' && type.kind !== 'map') {
    return value([member(object, 'at'), '(', place.doc, ')'], of, level.member, optional);
  }
  return value([at(level.member, object), object.optional ? '?.[' : '[', place.doc, ']'], of, level.member, optional);
}

function byKey(object: Value, { value: key, from }: ExpressionOf<'string'>, context: Context): Value {
  const { type } = object;
  if (type.kind === 'message') {
    // What MessageToDict gave is the message itself here.
    const field = jsonFieldOf(type.name, key, type.partial);
    if (field === undefined) throw new Untranslatable(unknownField(type.name, key), from);
    return value(member(object, field.jsName), field.type, level.member, object.optional || field.optional);
  }
  const of: Type = type.kind === 'map' ? type.of : type.kind === 'json' ? unknown : unknown;
  const optional = of.kind === 'message' || object.optional;
  const plain = propertyName(key) === key;
  if (type.kind === 'list')
    throw new Untranslatable(`\`${context.source.text.slice(from, from + 20)}\` is no index of a list`, from);
  const doc = plain ? member(object, key) : [at(level.member, object), object.optional ? '?.[' : '[', quote(key), ']'];
  return value(doc, of, level.member, optional);
}

function sliced(object: Value, { parts, from }: ExpressionOf<'slice'>, context: Context): Value {
  const [start, stop, step] = parts;
  if (step !== undefined) throw new Untranslatable('A slice with a step has no translation', from);
  const bound = (part: Expression): Value => definite(context.expression(part));
  const args =
    stop === undefined
      ? start === undefined
        ? []
        : [bound(start).doc]
      : [start === undefined ? '0' : bound(start).doc, bound(stop).doc];
  return value(method(object, 'slice', args), object.type, level.member);
}
