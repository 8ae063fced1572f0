import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { quote } from '../print/literals';
import { Untranslatable } from '../problem';
import type { Expression } from '../syntax/ast';
import { boolean, bytes, isScalar, json, listOf, none, number, string, type Type, unknown } from '../type';
import { at, definite, level, member, method, type Value, value } from '../value';
import type { Arguments } from './arguments';
import { fieldRead } from './attribute';
import { required } from './builtins';
import { growList } from './grown-list';
import { comparison } from './sorted';
import { template } from './template';

interface MethodCall extends Arguments {
  readonly object: Value;
  readonly expected: Type;
}

type Translate = (call: MethodCall, context: Context) => Value;

/** Methods of Python's values. */
export const methods: Readonly<Record<string, Translate>> = {
  read: ({ object, node }, context) => {
    if (object.type.kind !== 'file') throw new Untranslatable('`.read()` is known of files only', node.from);
    const { binary } = object.type;
    const args: Doc = binary ? object.doc : [object.doc, ", 'utf8'"];
    return value(
      [context.imports.value('node:fs', 'readFileSync'), '(', args, ')'],
      binary ? bytes : string,
      level.member,
    );
  },
  readlines: ({ object, node }, context) => {
    if (object.type.kind !== 'file') throw new Untranslatable('`.readlines()` is known of files only', node.from);
    const read = context.imports.value('node:fs', 'readFileSync');
    return value([read, '(', object.doc, ", 'utf8').split('\\n')"], listOf(string), level.member);
  },
  readline: ({ object, node }, context) => {
    if (object.type.kind !== 'file') throw new Untranslatable('`.readline()` is known of files only', node.from);
    const read = context.imports.value('node:fs', 'readFileSync');
    return value([read, '(', object.doc, ", 'utf8').split('\\n')[0]"], string, level.member, true);
  },
  append: ({ object, positional: [given], node }, context) => {
    const of = object.type.kind === 'list' ? object.type.of : unknown;
    const added = definite(context.expression(required(given, node.from), of));
    growList(ownerOf(node), object.type, added.type, context);
    return value(method(object, 'push', [added.doc]), none, level.member);
  },
  extend: ({ object, positional: [given], node }, context) => {
    const { doc, type } = definite(context.expression(required(given, node.from), object.type));
    if (type.kind === 'list') growList(ownerOf(node), object.type, type.of, context);
    return value(method(object, 'push', [['...', doc]]), none, level.member);
  },
  update: ({ object, positional: [given], node }, context) => {
    const { doc } = context.expression(required(given, node.from), json);
    return value(['Object.assign(', object.doc, ', ', doc, ')'], none, level.member);
  },
  get: ({ object, positional: [key, fallback], node }, context) => {
    const { doc } = definite(context.expression(required(key, node.from)));
    const read: Doc = [at(level.member, definite(object)), '[', doc, ']'];
    if (fallback === undefined) return value(read, unknown, level.member);
    return value([read, ' ?? ', at(level.equality, context.expression(fallback))], unknown, level.nullish);
  },
  items: ({ object }) => {
    const of = object.type.kind === 'map' ? object.type.of : unknown;
    const pair: Type = { kind: 'pair', of: [string, of] };
    return value(['Object.entries(', definite(object).doc, ')'], listOf(pair), level.member);
  },
  keys: ({ object }) => value(['Object.keys(', definite(object).doc, ')'], listOf(string), level.member),
  values: ({ object }) =>
    value(
      ['Object.values(', definite(object).doc, ')'],
      listOf(object.type.kind === 'map' ? object.type.of : unknown),
      level.member,
    ),
  join: ({ object, positional: [given], node }, context) => {
    const list = definite(context.expression(required(given, node.from)));
    return value(method(list, 'join', [object.doc]), string, level.member);
  },
  sort: ({ object, named, node }, context) => {
    if (ownerOf(node).kind !== 'name') {
      throw new Untranslatable('A list inside of a message is not sorted in place; use sorted()', node.from);
    }
    return value(method(object, 'sort', [comparison(object.type, named, context)]), none, level.member);
  },
  split: ({ object, positional: [separator] }, context) =>
    value(
      method(object, 'split', [separator === undefined ? '/\\s+/' : context.expression(separator).doc]),
      listOf(string),
      level.member,
    ),
  strip: text('trim'),
  lstrip: text('trimStart'),
  rstrip: text('trimEnd'),
  lower: text('toLowerCase'),
  upper: text('toUpperCase'),
  startswith: text('startsWith', boolean),
  endswith: text('endsWith', boolean),
  replace: text('replaceAll'),
  find: text('indexOf', number),
  rfind: text('lastIndexOf', number),
  zfill: ({ object, positional: [width], node }, context) =>
    value(
      method(object, 'padStart', [context.expression(required(width, node.from)).doc, ", '0'"]),
      string,
      level.member,
    ),
  ljust: text('padEnd'),
  rjust: text('padStart'),
  capitalize: ({ object }) => {
    const rest: Doc = [
      method(object, 'charAt', ['0']),
      '.toUpperCase() + ',
      method(object, 'slice', ['1']),
      '.toLowerCase()',
    ];
    return value(rest, string, level.additive);
  },
  isdigit: matching('\\p{Nd}'),
  isalpha: matching('\\p{L}'),
  splitlines: ({ object }) => value(method(object, 'split', ['/\\r?\\n/']), listOf(string), level.member),
  count: ({ object, positional: [given], node }, context) => {
    const { doc } = definite(context.expression(required(given, node.from)));
    if (isScalar(object.type, 'string'))
      return value([method(object, 'split', [doc]), '.length - 1'], number, level.additive);
    return value([method(object, 'filter', [['(one) => one === ', doc]]), '.length'], number, level.member);
  },
  index: ({ object, positional: [given], node }, context) =>
    value(
      method(object, 'indexOf', [definite(context.expression(required(given, node.from))).doc]),
      number,
      level.member,
    ),
  pop: ({ object, positional: [place], node }) => {
    const of = object.type.kind === 'list' ? object.type.of : unknown;
    const first = place?.kind === 'number' && Number(place.text) === 0;
    if (object.type.kind !== 'list' || (place !== undefined && !first))
      throw new Untranslatable('`.pop()` is known of the ends of lists only', node.from);
    return value(method(object, first ? 'shift' : 'pop'), of, level.member, true);
  },
  insert: ({ object, positional: [place, given], node }, context) => {
    const added = definite(context.expression(required(given, node.from)));
    growList(ownerOf(node), object.type, added.type, context);
    const at = context.expression(required(place, node.from)).doc;
    return value(method(object, 'splice', [[at, ', 0, ', added.doc]]), none, level.member);
  },
  reverse: ({ object }) => value(method(object, 'reverse'), none, level.member),
  copy: ({ object }) =>
    object.type.kind === 'list'
      ? value(['[...', object.doc, ']'], object.type)
      : value(['{ ...', object.doc, ' }'], object.type),
  setdefault: ({ object, positional: [key, fallback], node }, context) => {
    const place: Doc = [at(level.member, object), '[', definite(context.expression(required(key, node.from))).doc, ']'];
    const given = definite(context.expression(required(fallback, node.from)));
    return value(['(', place, ' ??= ', given.doc, ')'], given.type, level.member);
  },
  add: ({ object, positional: [given], node }, context) =>
    value(method(object, 'add', [definite(context.expression(required(given, node.from))).doc]), none, level.member),
  encode: ({ object }) => value(['Buffer.from(', definite(object).doc, ')'], bytes, level.member),
  decode: ({ object }) =>
    // What b64encode gives is a text here already.
    isScalar(object.type, 'string')
      ? object
      : value(['new TextDecoder().decode(', definite(object).doc, ')'], string, level.member),
  format: (call, context) => formatCall(call, context),
  HasField: ({ object, positional: [name], node }, context) => {
    const given = required(name, node.from);
    const { type } = object;
    if (type.kind !== 'message' || given.kind !== 'string')
      throw new Untranslatable('HasField takes the name of a field', node.from);
    const field = fieldRead(object, type, { name: given.value, from: given.from }, context);
    if (context.style === 'python')
      return value([member(object, 'HasField'), '(', quote(given.value), ')'], boolean, level.member);
    return value([field.doc, ' !== undefined'], boolean, level.equality);
  },
  result: ({ object, node }, { style }) => {
    if (object.type.kind !== 'future') throw new Untranslatable('`.result()` is known of futures only', node.from);
    const doc: Doc = style === 'python' ? method(object, 'result') : object.doc;
    return value(['await ', doc], object.type.of, level.unary);
  },
  code: ({ object, node }) => {
    if (object.type.kind !== 'error') throw new Untranslatable('`.code()` is known of errors only', node.from);
    const owner = typeof object.doc === 'string' ? object.doc : 'error';
    return value(member(object, 'grpcCode'), { kind: 'grpcCode', owner }, level.member, true);
  },
  details: ofError('details', string),
};

function ownerOf({ callee }: MethodCall['node']): Expression {
  return callee.kind === 'attribute' ? callee.object : callee;
}

function text(name: string, result: Type = string): Translate {
  return ({ object, positional, node }, context) => {
    const isText = isScalar(object.type, 'string') || object.type.kind === 'unknown';
    if (!isText)
      throw new Untranslatable(
        `\`.${context.source.of(node.callee).split('.').at(-1) ?? ''}()\` is known of texts only`,
        node.from,
      );
    const args = positional.map((given) => context.expression(given).doc);
    const list: Doc[] = args.length === 0 ? [] : [args.flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc]))];
    return value(method(object, name, list), result, level.member);
  };
}

/** `text.isdigit()`: every character is one of a kind, and there is one. */
function matching(kind: string): Translate {
  return ({ object }) => value([`/^${kind}+$/u.test(`, definite(object).doc, ')'], boolean, level.member);
}

function ofError(name: string, type: Type): Translate {
  return ({ object, node }) => {
    if (object.type.kind !== 'error') throw new Untranslatable(`\`.${name}\` is known of errors only`, node.from);
    return value(member(object, name), type, level.member, true);
  };
}

const replacement = /\{\{|\}\}|\{(\w*)(?:!([rsa]))?(?::([^{}]*))?\}/g;

/** `"{} {name:.2f}".format(a, name=b)`. */
function formatCall({ node, positional, named }: MethodCall, context: Context): Value {
  const owner = ownerOf(node);
  if (owner.kind !== 'string') throw new Untranslatable('Only a plain text can be formatted', node.from);
  const parts: Parameters<typeof template>[0][number][] = [];
  let next = 0;
  let start = 0;
  for (const match of owner.value.matchAll(replacement)) {
    const [whole, name = '', conversion = '', spec = ''] = match;
    parts.push(owner.value.slice(start, match.index));
    start = match.index + whole.length;
    if (whole === '{{' || whole === '}}') {
      parts.push(whole.slice(1));
      continue;
    }
    const given = name === '' ? positional[next++] : /^\d+$/.test(name) ? positional[Number(name)] : named.get(name);
    if (given === undefined) throw new Untranslatable(`\`${whole}\` has no value to format`, owner.from);
    parts.push({ value: context.expression(given), conversion, spec, label: '', from: given.from });
  }
  parts.push(owner.value.slice(start));
  return template(parts, context);
}
