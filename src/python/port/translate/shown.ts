import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { quote } from '../print/literals';
import { exportedName } from '../proto/names';
import { shortName } from '../proto/schema';
import { isScalar, string } from '../type';
import { at, definite, level, method, type Value, value } from '../value';

/** What prints as Python prints the value: itself, when JavaScript does so, too. */
export function shown(given: Value, context: Context): Value {
  const one = definite(given);
  const { type } = one;
  if (type.kind === 'enum' || isScalar(type, 'string') || isScalar(type, 'number')) return one;
  if (type.kind === 'message') return context.style === 'python' ? one : plainMessage(one, type.name, context);
  if (type.kind === 'json' && type.struct === true && context.style === 'idiomatic')
    return plainMessage(one, 'google.protobuf.Struct', context);
  if (type.kind === 'none') return value(quote('None'), string);
  if (isScalar(type, 'boolean')) {
    if (one.doc === 'true' || one.doc === 'false') return value(quote(one.doc === 'true' ? 'True' : 'False'), string);
    return value([at(level.nullish, one), " ? 'True' : 'False'"], string, level.conditional);
  }
  if (type.kind === 'grpcCode') return value(['`StatusCode.${', type.owner, '.code}`'], string);
  if (isScalar(type, 'long')) return value(['String(', one.doc, ')'], string, level.member);
  return written('str', one, context);
}

/** A value as text: `str(x)`. */
export function asText(given: Value, context: Context): Value {
  const one = shown(given, context);
  return isScalar(one.type, 'string') ? one : value(['String(', one.doc, ')'], string, level.member);
}

/** A value as `repr()` writes it. */
export function quoted(given: Value, context: Context): Value {
  const one = definite(given);
  const same = one.type.kind === 'scalar' && !['string', 'bytes', 'float'].includes(one.type.name);
  return same || one.type.kind === 'none' ? shown(one, context) : written('repr', one, context);
}

/** What `clarifai-grpc/python` has for a message of `clarifai-grpc/rpc`, so that it prints and turns into JSON as in Python. */
export function plainMessage({ doc }: Value, name: string, { imports }: Context): Value {
  const convert = imports.value('clarifai-grpc/python', 'toPythonMessage');
  const short = exportedName(name) ?? shortName(name);
  return value([convert, '(', quote(short), ', ', doc, ')'], { kind: 'message', name, partial: false }, level.member);
}

function written(how: 'str' | 'repr', one: Value, context: Context): Value {
  const { type } = one;
  const of = type.kind === 'list' ? type.of : type;
  const numbers = isScalar(of, 'float') || (of.kind === 'unknown' && of.floats === true) ? ", 'float'" : '';
  const given = context.style === 'idiomatic' ? withMessages(one, context) : one.doc;
  return value([context.imports.value('clarifai-grpc/python', how), '(', given, numbers, ')'], string, level.member);
}

function withMessages(one: Value, context: Context): Doc {
  const { type } = one;
  if (type.kind === 'message') return plainMessage(one, type.name, context).doc;
  if (type.kind !== 'list' || type.of.kind !== 'message') return one.doc;
  const name = context.nested().scope.temporary('message');
  const element = value(name, type.of);
  return method(one, 'map', [[`(${name}) => `, plainMessage(element, type.of.name, context).doc]]);
}
