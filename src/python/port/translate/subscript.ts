import type { Context } from '../context';
import { propertyName, quote } from '../print/literals';
import { Untranslatable } from '../problem';
import { shortName } from '../proto/schema';
import type { Expression, ExpressionOf } from '../syntax/ast';
import { json, string, type Type, unknown } from '../type';
import { at, definite, level, member, method, type Value, value } from '../value';
import { pythonHelper } from './python-helper';

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
  const position = index.kind === 'number' ? Number(index.text) : -1;
  if (type.kind === 'pair' && type.of[position] !== undefined) {
    const doc = [at(level.member, object), object.optional ? '?.[' : '[', String(position), ']'];
    return value(doc, type.of[position] ?? unknown, level.member, object.optional);
  }
  const of: Type = type.kind === 'list' || type.kind === 'map' ? type.of : type.kind === 'json' ? json : unknown;
  // A message that is not there reads as undefined, and its fields with `?.`.
  const optional = /^(message|scalar|pair|instance)$/.test(of.kind) || object.optional;
  const place = definite(context.expression(index));
  if (index.kind === 'unary' && index.operator === '-' && type.kind !== 'map') {
    return value([member(object, 'at'), '(', place.doc, ')'], of, level.member, optional);
  }
  return value([at(level.member, object), object.optional ? '?.[' : '[', place.doc, ']'], of, level.member, optional);
}

function byKey(object: Value, { value: key, from }: ExpressionOf<'string'>, context: Context): Value {
  const { type } = object;
  if (type.kind === 'message') {
    if (type.name !== 'google.protobuf.Struct')
      throw new Untranslatable(`${shortName(type.name)} is no dict: write \`.${key}\``, from);
    return value([at(level.member, object), '[', quote(key), ']'], { kind: 'unknown', floats: true }, level.member);
  }
  const of: Type = type.kind === 'map' ? type.of : elementOfJson(type);
  const optional = of.kind === 'message' || object.optional;
  const plain = propertyName(key) === key;
  if (type.kind === 'list')
    throw new Untranslatable(`\`${context.source.text.slice(from, from + 20)}\` is no index of a list`, from);
  const doc = plain ? member(object, key) : [at(level.member, object), object.optional ? '?.[' : '[', quote(key), ']'];
  return value(doc, of, level.member, optional);
}

/** What is in a dict nobody knows; of a Struct, that its numbers are floats. */
function elementOfJson(type: Type): Type {
  return type.kind === 'json' && type.struct === true ? { kind: 'unknown', floats: true } : unknown;
}

function sliced(object: Value, { parts }: ExpressionOf<'slice'>, context: Context): Value {
  const [start, stop, step] = parts;
  const bound = (part: Expression): Value => definite(context.expression(part));
  if (step !== undefined) {
    const bounds = [start, stop].map((part) => (part === undefined ? 'undefined' : bound(part).doc));
    return value(
      pythonHelper('slice', [definite(object).doc, ...bounds, bound(step).doc], context),
      object.type,
      level.member,
    );
  }
  const args =
    stop === undefined
      ? start === undefined
        ? []
        : [bound(start).doc]
      : [start === undefined ? '0' : bound(start).doc, bound(stop).doc];
  return value(method(object, 'slice', args), object.type, level.member);
}
