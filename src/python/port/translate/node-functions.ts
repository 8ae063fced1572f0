import type { Context } from '../context';
import { quote } from '../print/literals';
import { boolean, float, json, listOf, none, number, string, type Type } from '../type';
import { definite, level, value } from '../value';
import { callArguments } from './arguments';
import { only, required, type Translate } from './builtins';
import { shown } from './shown';

/** Functions of Python's own modules that Node or JavaScript has under other names. */
export const nodeFunctions: Readonly<Record<string, Translate>> = {
  'os.listdir': imported('node:fs', 'readdirSync', listOf(string)),
  'os.makedirs': (args, context) => {
    const make = context.imports.value('node:fs', 'mkdirSync');
    return value([make, '(', only(args, context).doc, ', { recursive: true })'], none, level.member);
  },
  'os.getcwd': () => value('process.cwd()', string, level.member),
  'os.path.exists': imported('node:fs', 'existsSync', boolean),
  'os.path.isfile': imported('node:fs', 'existsSync', boolean),
  'os.path.isdir': ofStat('isDirectory()', boolean),
  'os.path.getsize': ofStat('size', number),
  'os.path.dirname': imported('node:path', 'dirname', string),
  'os.path.abspath': imported('node:path', 'resolve', string),
  'os.path.splitext': (args, context) => {
    const { doc } = only(args, context);
    const parse = context.imports.value('node:path', 'parse');
    const pair: Type = { kind: 'pair', of: [string, string] };
    return value(
      [
        '((path) => [path.slice(0, path.length - ',
        parse,
        '(path).ext.length), ',
        parse,
        '(path).ext] as const)(',
        doc,
        ')',
      ],
      pair,
      level.member,
    );
  },
  'math.ceil': ofMath('ceil', number),
  'math.floor': ofMath('floor', number),
  'math.sqrt': ofMath('sqrt', float),
  'math.log': ofMath('log', float),
  'math.exp': ofMath('exp', float),
  'math.fabs': ofMath('abs', float),
  'math.isnan': (args, context) => value(['Number.isNaN(', only(args, context).doc, ')'], boolean, level.member),
  'time.perf_counter': () => value('performance.now() / 1000', float, level.multiplicative),
  'time.monotonic': () => value('performance.now() / 1000', float, level.multiplicative),
  'logging.basicConfig': () => value('undefined', none),
  'logging.getLogger': () => value('console', { kind: 'builtin', name: 'logging' }),
  'logging.debug': logged('debug'),
  'logging.info': logged('info'),
  'logging.warning': logged('warn'),
  'logging.error': logged('error'),
  'logging.exception': logged('error'),
  'collections.Counter': ({ positional: [given], node }, context) => {
    const list = definite(context.expression(required(given, node.from)));
    return value(
      [
        list.doc,
        '.reduce((counts: Record<string, number>, one) => ({ ...counts, [one]: (counts[one] ?? 0) + 1 }), {})',
      ],
      { kind: 'map', of: number },
      level.member,
    );
  },
  'collections.OrderedDict': () => value('{}', json),
  'asyncio.run': (args, context) => only(args, context),
};

function imported(module: string, name: string, result: Type): Translate {
  return (args, context) => {
    const given = args.positional.length === 0 ? quote('.') : only(args, context).doc;
    return value([context.imports.value(module, name), '(', given, ')'], result, level.member);
  };
}

function ofStat(member: string, result: Type): Translate {
  return (args, context) =>
    value(
      [context.imports.value('node:fs', 'statSync'), '(', only(args, context).doc, ').', member],
      result,
      level.member,
    );
}

function ofMath(name: string, result: Type): Translate {
  return (args, context) => value([`Math.${name}(`, only(args, context).doc, ')'], result, level.member);
}

/** Logs go to stderr, as Python's do. */
function logged(how: string): Translate {
  return ({ positional }, context: Context) => {
    const docs = positional.map((given) => shown(context.expression(given), context).doc);
    // `console.info` would write to stdout.
    return value(
      [how === 'warn' || how === 'error' ? `console.${how}` : 'console.error', callArguments(docs)],
      none,
      level.member,
    );
  };
}
