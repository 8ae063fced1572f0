import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { group, indent, line } from '../print/doc';
import { propertyName, quote } from '../print/literals';
import { Untranslatable } from '../problem';
import { isEntity } from '../proto/python-entity';
import { enumValues } from '../proto/schema';
import type { Expression, ExpressionOf } from '../syntax/ast';
import { boolean, bytes, float, json, none, number, string, type Type, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { attribute, entity, enumMember } from './attribute';
import { braces } from './brackets';
import { call } from './call';
import { comprehension } from './comprehension';
import { fromDict } from './message';
import { binary, condition, unary } from './operators';
import { commonType, sequence } from './sequence';
import { subscript } from './subscript';
import { template } from './template';

type Translators = {
  readonly [Kind in Expression['kind']]: (node: ExpressionOf<Kind>, context: Context, expected: Type) => Value;
};

/** An expression in TypeScript; `expected` is what its place takes, when that is known. */
export function translateExpression(node: Expression, context: Context, expected: Type = unknown): Value {
  // The table has a translator for every kind, which TypeScript cannot follow from a node to its row.
  const translate = translators[node.kind] as (node: Expression, context: Context, expected: Type) => Value;
  return translate(node, context, expected);
}

const translators: Translators = {
  name: ({ name, from }, context) => {
    const binding = context.scope.lookup(name);
    if (binding === undefined) return context.given(name, from);
    // An imported name becomes what stands for it where it is used.
    if (isImported(binding.text, binding.type)) return entity(binding.type, binding.text, context, from);
    return value(binding.text, binding.type, level.primary, binding.optional);
  },
  number: ({ text, from }) => value(numberText(text, from), isFraction(text) ? float : number, level.number),
  string: ({ value: text, from }, { imports, style }, expected) => {
    // Python takes the name of an enum's value for the value.
    if (style === 'idiomatic' && expected.kind === 'enum' && enumValues(expected.name)?.has(text) === true) {
      return enumMember(expected.name, text, imports, from);
    }
    return value(quote(text), string);
  },
  bytes: ({ value: text }) => {
    const plain = /^[\x20-\x7e\n\r\t]*$/.test(text);
    const list = Array.from(text, (character) => String(character.charCodeAt(0)));
    return value(
      plain ? ['Buffer.from(', quote(text), ')'] : ['Uint8Array.of(', list.join(', '), ')'],
      bytes,
      level.member,
    );
  },
  template: ({ parts }, context) =>
    template(
      parts.map((part) =>
        typeof part === 'string' ? part : { ...part, value: context.expression(part.value), from: part.value.from },
      ),
      context,
    ),
  constant: ({ value: constant }, _, expected) =>
    constant === null ? value(expected.kind === 'json' ? 'null' : 'undefined', none) : value(String(constant), boolean),
  attribute,
  index: subscript,
  slice: ({ from }) => {
    throw new Untranslatable('A slice stands in brackets after a value', from);
  },
  call,
  list: (node, context, expected) => sequence(node, context, expected),
  tuple: (node, context, expected) => sequence(node, context, expected),
  set: (node, context, expected) => {
    const { doc, type } = sequence({ ...node, kind: 'list' }, context, expected);
    return value(['new Set(', doc, ')'], { kind: 'set', of: type.kind === 'list' ? type.of : unknown }, level.member);
  },
  dict: (node, context, expected) => {
    if (expected.kind === 'message') return fromDict(expected.name, node, context);
    const of: Type = expected.kind === 'map' ? expected.of : json;
    const types: Type[] = [];
    const items = node.entries.items.map((item) => {
      const { key, value: given } = item.value;
      const one = definite(context.expression(given, of));
      // Alone, a value says of what type it is; in a Struct anything may stand.
      if (expected.kind === 'unknown')
        types.push(key === undefined ? unknown : context.nested([]).expression(given).type);
      const doc = at(level.arrow, one);
      return { ...item, value: key === undefined ? ['...', doc] : [keyText(key, context), ': ', doc] };
    });
    const held = types.length > 0 ? commonType(types) : unknown;
    return value(braces({ ...node.entries, items }), held.kind === 'unknown' ? json : { kind: 'map', of: held });
  },
  unary,
  binary,
  conditional: ({ test, then, otherwise }, context, expected) => {
    const yes = definite(context.expression(then, expected));
    const no = definite(context.expression(otherwise, expected));
    const question = at(level.nullish, condition(test, context));
    const doc = group(question, indent(line, '? ', at(level.conditional, yes), line, ': ', at(level.conditional, no)));
    return value(doc, yes.type.kind === 'none' ? no.type : yes.type, level.conditional);
  },
  comprehension,
  lambda: ({ parameters, body, from }, context) => {
    if (parameters.some(({ star, fallback }) => star !== '' || fallback !== undefined)) {
      throw new Untranslatable('A lambda with such parameters has no translation', from);
    }
    const inner = context.nested();
    const names = parameters.map(({ name }) => `${inner.scope.bind(name, unknown).text}: any`);
    return value(['(', names.join(', '), ') => ', at(level.arrow, inner.expression(body))], unknown, level.arrow);
  },
  await: ({ value: awaited }, context) => context.expression(awaited),
  group: ({ value: inner }, context, expected) => context.expression(inner, expected),
  star: ({ value: inner }, context) => {
    const { doc, type } = definite(context.expression(inner));
    return value(['...', doc], type, level.arrow);
  },
  yield: ({ value: given }, context) => {
    const { doc = '' } = given === undefined ? {} : context.expression(given);
    return value(['yield ', doc], unknown, level.arrow);
  },
  unsupported: ({ what, from }) => {
    throw new Untranslatable(`${what} has no translation`, from);
  },
};

/** The values of enums are imported, too; a variable that holds one has no path of a module for a name. */
function isImported(text: string, type: Type): boolean {
  return type.kind === 'enum' ? text.includes('_pb2.') : isEntity(type);
}

function keyText(key: Expression, context: Context): Doc {
  if (key.kind === 'string') return propertyName(key.value);
  return ['[', context.expression(key).doc, ']'];
}

function isFraction(text: string): boolean {
  return /^[\d_]*\.|^[\d_]+e/i.test(text);
}

/** A number as TypeScript writes it; whole numbers that a double cannot hold become bigints. */
function numberText(text: string, from: number): string {
  if (/j$/i.test(text)) throw new Untranslatable('TypeScript has no complex numbers', from);
  const plain = text.replaceAll('_', '');
  if (/^0[xob]/i.test(plain)) return plain;
  if (!/^\d+$/.test(plain)) return String(Number(plain));
  const whole = BigInt(plain);
  return whole > BigInt(Number.MAX_SAFE_INTEGER) ? `${whole}n` : String(whole);
}
