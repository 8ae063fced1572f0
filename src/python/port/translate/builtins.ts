import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Expression } from '../syntax/ast';
import { boolean, isScalar, json, listOf, none, number, string, type Type, unknown } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import { type Arguments, callArguments } from './arguments';
import { collected } from './collected';
import { plainNumber } from './plain-number';
import { sortedCopy } from './sorted';

export type Translate = (args: Arguments, context: Context, expected: Type) => Value;

/** Functions that Python has without an import. */
export const builtins: Readonly<Record<string, Translate>> = {
  print: ({ positional, named, node }, context) => {
    const end = named.get('end');
    const separator = named.get('sep');
    const docs = positional.map((given) => at(level.arrow, definite(context.expression(given))));
    if (separator !== undefined) throw new Untranslatable('print(..., sep=...) has no translation', node.from);
    if (end !== undefined) {
      const text = docs.map((doc): Doc => ['${', doc, '}']).flatMap((doc, index) => (index === 0 ? [doc] : [' ', doc]));
      const ending =
        end.kind === 'string' ? JSON.stringify(end.value).slice(1, -1) : ['${', context.expression(end).doc, '}'];
      return value(['process.stdout.write(`', text, ending, '`)'], none, level.member);
    }
    return value([named.has('file') ? 'console.error' : 'console.log', callArguments(docs)], none, level.member);
  },
  len: (args, context) => {
    const one = only(args, context);
    const { kind } = one.type;
    if (kind === 'json' || kind === 'map') return value(['Object.keys(', one.doc, ').length'], number, level.member);
    return value([at(level.member, one), '.length'], number, level.member);
  },
  str: (args, context) => {
    const one = only(args, context);
    return isScalar(one.type, 'string') ? one : value(['String(', one.doc, ')'], string, level.member);
  },
  repr: (args, context) => value(['JSON.stringify(', only(args, context).doc, ')'], string, level.member),
  int: (args, context) => {
    const one = only(args, context);
    const isText = isScalar(one.type, 'string') || one.type.kind === 'unknown';
    if (one.type.kind === 'enum') return one;
    return value(
      [isText ? 'Number.parseInt(' : 'Math.trunc(', plainNumber(one).doc, isText ? ', 10)' : ')'],
      number,
      level.member,
    );
  },
  float: (args, context) => {
    const one = only(args, context);
    return isScalar(one.type, 'number') ? one : value(['Number(', one.doc, ')'], number, level.member);
  },
  bool: (args, context) => value(['Boolean(', only(args, context).doc, ')'], boolean, level.member),
  bytes: (args, context) => only(args, context),
  abs: (args, context) => value(['Math.abs(', plainNumber(only(args, context)).doc, ')'], number, level.member),
  round: ({ positional: [given, digits], node }, context) => {
    const one = plainNumber(definite(context.expression(required(given, node.from))));
    if (digits === undefined) return value(['Math.round(', one.doc, ')'], number, level.member);
    return value(['Number(', method(one, 'toFixed', [context.expression(digits).doc]), ')'], number, level.member);
  },
  min: extreme('min'),
  max: extreme('max'),
  sum: (args, context) => {
    const list = only(args, context);
    return value(method(list, 'reduce', ['(total, one) => total + one, 0']), number, level.member);
  },
  any: (args, context) => value(method(only(args, context), 'some', ['Boolean']), boolean, level.member),
  all: (args, context) => value(method(only(args, context), 'every', ['Boolean']), boolean, level.member),
  list: (args, context, expected) => copied(args, context, expected),
  tuple: (args, context, expected) => copied(args, context, expected),
  set: ({ positional: [given] }, context) =>
    given === undefined
      ? value('new Set()', unknown, level.member)
      : value(['new Set(', context.expression(given).doc, ')'], unknown, level.member),
  iter: ({ positional: [given], node }, context, expected) => context.expression(required(given, node.from), expected),
  dict: ({ positional: [given], named }, context) => {
    const entries = [...named].map(([name, one]): Doc => [name, ': ', context.expression(one, json).doc]);
    const all: Doc[] = given === undefined ? entries : [['...', context.expression(given).doc], ...entries];
    return value(
      all.length === 0 ? '{}' : ['{ ', all.flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc])), ' }'],
      json,
    );
  },
  range: ({ positional, node }, context) => {
    const bounds = positional.map((given) => context.expression(given));
    const [first, second, step] = bounds;
    if (first === undefined || step !== undefined)
      throw new Untranslatable('range() with a step has no translation here', node.from);
    if (second === undefined)
      return value(['Array.from({ length: ', first.doc, ' }, (_, index) => index)'], listOf(number), level.member);
    const length: Doc = [at(level.additive, second), ' - ', at(level.multiplicative, first)];
    const item: Doc = [at(level.additive, first), ' + index'];
    return value(['Array.from({ length: ', length, ' }, (_, index) => ', item, ')'], listOf(number), level.member);
  },
  enumerate: ({ positional: [given, start], named, node }, context) => {
    const offset = start ?? named.get('start');
    const list = definite(context.expression(required(given, node.from)));
    const of = list.type.kind === 'list' ? list.type.of : unknown;
    const pairs: Type = { kind: 'list', of: { kind: 'pair', of: [number, of] } };
    if (offset === undefined || (offset.kind === 'number' && Number(offset.text) === 0)) {
      return value(['[...', method(list, 'entries'), ']'], pairs);
    }
    const index: Doc = ['index + ', at(level.multiplicative, context.expression(offset))];
    return value(method(list, 'map', [['(one, index) => [', index, ', one] as const']]), pairs, level.member);
  },
  zip: ({ positional: [first, second, third], node }, context) => {
    if (third !== undefined) throw new Untranslatable('zip() of more than two lists has no translation', node.from);
    const [a, b] = [required(first, node.from), required(second, node.from)].map((given) =>
      definite(context.expression(given)),
    );
    if (a === undefined || b === undefined) throw new Untranslatable('zip() takes two lists', node.from);
    const types = [a, b].map(({ type }) => (type.kind === 'list' ? type.of : unknown));
    const pair: Doc = ['(one, index) => [one, ', at(level.member, b), '[index]] as const'];
    return value(method(a, 'map', [pair]), { kind: 'list', of: { kind: 'pair', of: types } }, level.member);
  },
  sorted: (args, context) => sortedCopy(args, context),
  reversed: (args, context) => {
    const list = only(args, context);
    return value(['[...', list.doc, '].reverse()'], list.type, level.member);
  },
  open: ({ positional: [path, mode], named, node }, context) => {
    const how = mode ?? named.get('mode');
    if (how !== undefined && (how.kind !== 'string' || !/^r?[bt]?$/.test(how.value))) {
      throw new Untranslatable('Only reading a file has a translation', how.from);
    }
    const binary = how?.kind === 'string' && how.value.includes('b');
    return value(definite(context.expression(required(path, node.from))).doc, { kind: 'file', binary });
  },
};

export function required(given: Expression | undefined, from: number): Expression {
  if (given === undefined) throw new Untranslatable('An argument is missing', from);
  return given;
}

/** The only argument of a call. */
export function only({ positional: [given], node }: Arguments, context: Context): Value {
  return definite(context.expression(required(given, node.from)));
}

function extreme(name: 'min' | 'max'): Translate {
  return ({ positional, named, node }, context) => {
    if (named.size > 0) throw new Untranslatable(`${name}() with a key has no translation; sort instead`, node.from);
    const docs = positional.map((given) => plainNumber(definite(context.expression(given))).doc);
    const args: Doc =
      docs.length === 1 ? ['...', docs[0] ?? ''] : docs.flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc]));
    return value([`Math.${name}(`, args, ')'], number, level.member);
  };
}

/** `list(x)`: a copy, and of a stream everything that it gives. */
function copied({ positional: [given] }: Arguments, context: Context, expected: Type): Value {
  if (given === undefined) return value('[]', listOf(unknown));
  const one = definite(context.expression(given, expected));
  if (one.type.kind === 'json' || one.type.kind === 'map') {
    return value(['Object.keys(', one.doc, ')'], listOf(string), level.member);
  }
  if (one.type.kind === 'stream') return collected(one.doc, one.type.of, context.scope.temporary('messages'), context);
  const isCopy = given.kind === 'comprehension' || given.kind === 'call' || given.kind === 'list';
  return isCopy ? one : value(['[...', one.doc, ']'], one.type);
}
