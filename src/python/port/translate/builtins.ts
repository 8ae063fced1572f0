import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Expression } from '../syntax/ast';
import { boolean, float, isNumber, isScalar, json, listOf, none, number, string, type Type, unknown } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import { type Arguments, callArguments } from './arguments';
import { collected } from './collected';
import { itemsFrom, squareBrackets } from './brackets';
import { iterated } from './iterated';
import { plainNumber } from './plain-number';
import { pythonHelper } from './python-helper';
import { asText, quoted, shown } from './shown';
import { keyOf, sortedCopy } from './sorted';

export type Translate = (args: Arguments, context: Context, expected: Type) => Value;

/** Functions that Python has without an import. */
export const builtins: Readonly<Record<string, Translate>> = {
  print: ({ positional, named }, context) => {
    const end = named.get('end');
    const separator = named.get('sep');
    const docs = positional.map((given) => at(level.arrow, shown(context.expression(given), context)));
    if (separator !== undefined && end === undefined) {
      const texts = positional.map((given) => asText(context.expression(given), context).doc);
      return value(
        ['console.log([', joined(texts), '].join(', context.expression(separator).doc, '))'],
        none,
        level.member,
      );
    }
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
    if (kind === 'set') return value([at(level.member, one), '.size'], number, level.member);
    return value([at(level.member, one), '.length'], number, level.member);
  },
  str: (args, context) => asText(only(args, context), context),
  repr: (args, context) => quoted(only(args, context), context),
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
    const isNumber = isScalar(one.type, 'number') || isScalar(one.type, 'float');
    return isNumber ? { ...one, type: float } : value(['Number(', one.doc, ')'], float, level.member);
  },
  bool: (args, context) => value(pythonHelper('bool', [only(args, context).doc], context), boolean, level.member),
  bytes: (args, context) => only(args, context),
  abs: (args, context) => value(['Math.abs(', plainNumber(only(args, context)).doc, ')'], number, level.member),
  round: ({ positional: [given, digits], node }, context) => {
    const one = plainNumber(definite(context.expression(required(given, node.from))));
    if (digits === undefined) return value(['Math.round(', one.doc, ')'], number, level.member);
    return value(['Number(', method(one, 'toFixed', [context.expression(digits).doc]), ')'], one.type, level.member);
  },
  min: extreme('min'),
  max: extreme('max'),
  sum: (args, context) => {
    const list = only(args, context);
    const of = list.type.kind === 'list' ? list.type.of : number;
    return value(method(list, 'reduce', ['(total, one) => total + one, 0']), of, level.member);
  },
  any: (args, context) => value(method(only(args, context), 'some', ['Boolean']), boolean, level.member),
  all: (args, context) => value(method(only(args, context), 'every', ['Boolean']), boolean, level.member),
  list: (args, context, expected) => copied(args, context, expected),
  tuple: (args, context, expected) => copied(args, context, expected),
  set: ({ positional: [given] }, context) => {
    if (given === undefined) return value('new Set()', { kind: 'set', of: unknown }, level.member);
    const list = iterated(given, context);
    const of = list.type.kind === 'list' ? list.type.of : unknown;
    return value(['new Set(', list.doc, ')'], { kind: 'set', of }, level.member);
  },
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
    if (first === undefined) throw new Untranslatable('range() takes a number', node.from);
    if (step !== undefined)
      return value(
        pythonHelper(
          'range',
          bounds.map(({ doc }) => doc),
          context,
        ),
        listOf(number),
        level.member,
      );
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
  zip: ({ positional }, context) => {
    const lists = positional.map((given) => iterated(given, context));
    const of = lists.map(({ type }) => (type.kind === 'list' ? type.of : unknown));
    const doc = pythonHelper(
      'zip',
      lists.map((list) => list.doc),
      context,
    );
    return value(['[...', doc, ']'], listOf({ kind: 'pair', of }));
  },
  map: ({ positional: [by, given], node }, context) => {
    const list = iterated(required(given, node.from), context);
    const inner = context.nested();
    const one = inner.scope.temporary('one');
    const mapped = keyOf(required(by, node.from), one, list.type.kind === 'list' ? list.type.of : unknown, inner);
    return value(method(list, 'map', [[`(${one}) => `, at(level.arrow, mapped)]]), listOf(mapped.type), level.member);
  },
  filter: ({ positional: [by, given], node }, context) => {
    const list = iterated(required(given, node.from), context);
    const inner = context.nested();
    const one = inner.scope.temporary('one');
    const test = keyOf(required(by, node.from), one, list.type.kind === 'list' ? list.type.of : unknown, inner);
    return value(method(list, 'filter', [[`(${one}) => `, at(level.arrow, test)]]), list.type, level.member);
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

function joined(docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc]));
}

export function required(given: Expression | undefined, from: number): Expression {
  if (given === undefined) throw new Untranslatable('An argument is missing', from);
  return given;
}

/** The only argument of a call. */
export function only({ positional: [given], node }: Arguments, context: Context): Value {
  return definite(context.expression(required(given, node.from)));
}

function extreme(name: 'min' | 'max'): Translate {
  return (args, context) => {
    const { positional, named, node } = args;
    const [first] = positional;
    const list = positional.length === 1 ? iterated(required(first, node.from), context) : undefined;
    const of = list?.type.kind === 'list' ? list.type.of : undefined;
    const fallback = named.get('default');
    const plain = !named.has('key') && (of === undefined || isNumber(of) || of.kind === 'unknown');
    const docs = positional.map((given) => plainNumber(definite(context.expression(given))));
    const given =
      list ?? value(squareBrackets(itemsFrom(docs.map(({ doc }) => doc))), listOf(docs[0]?.type ?? unknown));
    const found = plain ? extremeNumber(name, list, docs) : extremeBy(name, given, named.get('key'), context);
    if (fallback === undefined) return found;
    const test: Doc = [at(level.member, given), '.length > 0 ? '];
    return value(
      [test, found.doc, ' : ', at(level.conditional, context.expression(fallback))],
      found.type,
      level.conditional,
    );
  };
}

function extremeNumber(name: 'min' | 'max', list: Value | undefined, docs: readonly Value[]): Value {
  const args: Doc =
    list === undefined ? docs.flatMap(({ doc }, index) => (index === 0 ? [doc] : [', ', doc])) : ['...', list.doc];
  const floats = docs.find(({ type }) => isScalar(type, 'float'));
  const of = list?.type.kind === 'list' ? list.type.of : (floats?.type ?? number);
  return value([`Math.${name}(`, args, ')'], isScalar(of, 'float') ? float : number, level.member);
}

/** The first of the elements that are the least or the most, by a key or by themselves. */
function extremeBy(name: 'min' | 'max', list: Value, key: Expression | undefined, context: Context): Value {
  const of = list.type.kind === 'list' ? list.type.of : unknown;
  const inner = context.nested();
  const [best, one] = ['best', 'one'].map((wish) => inner.scope.temporary(wish));
  const by = (text = ''): Value => keyOf(key, text, of, inner);
  const [a, b] = [by(one), by(best)];
  const test = isNumber(a.type)
    ? [
        at(level.relational + 1, plainNumber(a)),
        name === 'max' ? ' > ' : ' < ',
        at(level.relational + 1, plainNumber(b)),
      ]
    : [pythonHelper('compare', [a.doc, b.doc], context), name === 'max' ? ' > 0' : ' < 0'];
  const pick: Doc = [`(${best}, ${one}) => (`, test, ` ? ${one} : ${best})`];
  return value(method(list, 'reduce', [pick]), of, level.member);
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
