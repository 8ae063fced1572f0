import type { Context } from '../context';
import { propertyName } from '../print/literals';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { type Field, fieldOf, shortName, typeOfMessage, unknownField } from '../proto/schema';
import type { Argument, Entry, Expression, ExpressionOf, Item, Items } from '../syntax/ast';
import { json, type Type } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { braces } from './brackets';

/** `resources_pb2.Input(data=...)` as an object with the fields in camel case. */
export function construct(message: string, node: ExpressionOf<'call'>, context: Context, name: Doc): Value {
  const isPython = context.style === 'python';
  const type: Type = isPython ? { kind: 'message', name: message, partial: true } : typeOfMessage(message, true);
  const { args } = node;
  const [only] = args.items;
  if (type.kind !== 'message') return constructWellKnown(message, node, context);
  // Type(**fields) of a dict in the same place is the dict.
  if (only?.value.star === '**' && only.value.value.kind === 'dict')
    return fromDict(type.name, only.value.value, context);
  const property = ({ value: argument }: Item<Argument>): Doc => {
    const { name, star, value: given } = argument;
    if (star !== '' || name === undefined) {
      throw new Untranslatable(`${shortName(message)} takes its fields by name`, given.from);
    }
    return fieldProperty(message, name, given, context);
  };
  const fields = args.items.length + args.rest.length === 0 && isPython ? '' : braces(kept(args, property, context));
  return isPython ? value([name, '(', fields, ')'], type, level.member) : value(fields, type);
}

/** A dict where a message is expected: Python makes a message of it. */
export function fromDict(message: string, { entries }: ExpressionOf<'dict'>, context: Context): Value {
  const property = ({ value: { key, value: given } }: Item<Entry>): Doc => {
    if (key?.kind !== 'string') throw new Untranslatable('A message needs its fields by name', given.from);
    return fieldProperty(message, key.value, given, context);
  };
  return value(braces(kept(entries, property, context)), typeOfMessage(message, true));
}

/** A value as a field takes it. */
export function fieldValue(message: string, field: Field, given: Expression, context: Context): Doc {
  if (given.kind === 'number') assertInRange(message, field, given);
  const { doc, type, ...rest } = context.expression(given, field.type);
  // None leaves a field unset, which undefined does as well.
  return type.kind === 'none' ? 'undefined' : at(level.arrow, { doc, type, ...rest });
}

export function fieldNamed(message: string, name: string, offset: number): Field {
  const field = fieldOf(message, name);
  if (field === undefined) throw new Untranslatable(unknownField(message, name), offset);
  return field;
}

function fieldProperty(message: string, name: string, given: Expression, context: Context): Doc {
  const field = fieldNamed(message, name, given.from);
  const doc = fieldValue(message, field, given, context);
  const key = context.style === 'python' ? field.name : field.jsName;
  return doc === key ? doc : [key, ': ', doc];
}

/** The properties, with a comment for each that has no translation. */
function kept<T>(list: Items<T>, property: (item: Item<T>) => Doc, context: Context): Items<Doc> {
  const items: Item<Doc>[] = [];
  let before: readonly string[] = [];
  for (const item of list.items) {
    try {
      items.push({ ...item, before: [...before, ...item.before], value: property(item) });
      before = [];
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      before = [...before, ...item.before, ` ${context.report(error)}`];
    }
  }
  return { ...list, items, rest: [...before, ...list.rest] };
}

/** Struct(), Timestamp(seconds=...), BoolValue(value=True): what stands for them is a plain value. */
function constructWellKnown(message: string, node: ExpressionOf<'call'>, context: Context): Value {
  const [only, more] = node.args.items;
  const type = typeOfMessage(message, true);
  if (only === undefined)
    return type.kind === 'json' ? value('{}', json) : definite(value('undefined', type, level.primary, true));
  if (more !== undefined || only.value.name !== 'value') {
    throw new Untranslatable(
      `${shortName(message)} takes \`value\` here, and a Struct \`.update({...})\``,
      only.value.value.from,
    );
  }
  return { ...context.expression(only.value.value, type), type };
}

const ranges: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

function assertInRange(message: string, { name, kind }: Field, { text, from }: ExpressionOf<'number'>): void {
  const range = ranges[kind];
  if (range === undefined || !/^[\d_]+$/.test(text)) return;
  const number = BigInt(text.replaceAll('_', ''));
  if (number < range[0] || number > range[1]) {
    throw new Untranslatable(
      `${text} does not fit ${shortName(message)}.${propertyName(name)}, which is ${kind}`,
      from,
    );
  }
}
