import type { Context } from '../context';
import { type Doc, hardline } from '../print/doc';
import { propertyName, quote } from '../print/literals';
import { Untranslatable } from '../problem';
import type { Block, Expression, ExpressionOf, Statement } from '../syntax/ast';
import { boolean, float, number, string, type Type } from '../type';
import { type Value, value } from '../value';
import { braces, itemsFrom } from './brackets';

/** One `add_argument` of an ArgumentParser. */
export interface CommandLineOption {
  readonly name: string;
  readonly flag: boolean;
  readonly positional: boolean;
  readonly read: 'str' | 'int' | 'float';
  readonly fallback: Expression | undefined;
}

/** `parser.add_argument("--name", type=int, default=3)`, when that is what a statement does. */
function commandLineOption(statement: Statement, parser: string): CommandLineOption | undefined {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return undefined;
  const { callee, args } = statement.value;
  if (callee.kind !== 'attribute' || callee.name !== 'add_argument') return undefined;
  if (callee.object.kind !== 'name' || callee.object.name !== parser) return undefined;
  const given = args.items.map(({ value: argument }) => argument);
  const names = given.flatMap(({ name, value: one }) =>
    name === undefined && one.kind === 'string' ? [one.value] : [],
  );
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
  const named = (wanted: string): Expression | undefined => given.find(({ name }) => name === wanted)?.value;
  const type = named('type');
  const action = named('action');
  return {
    name: long.replace(/^-+/, ''),
    flag: action?.kind === 'string' && action.value === 'store_true',
    positional: !long.startsWith('-'),
    read: type?.kind === 'name' && (type.name === 'int' || type.name === 'float') ? type.name : 'str',
    fallback: named('default'),
  };
}

/** The options that a block gives to a parser, which is read where the statement stands. */
export function optionsOf(block: Block, parser: string): CommandLineOption[] {
  return block.flatMap((statement) => commandLineOption(statement, parser) ?? []);
}

/** `args = parser.parse_args()` by Node's parseArgs: an object with what was given, or the defaults. */
export function parsedArguments(
  options: readonly CommandLineOption[],
  node: ExpressionOf<'call'>,
  context: Context,
): Value {
  const { imports, scope, before } = context;
  const parse = imports.value('node:util', 'parseArgs');
  const flags = options.filter(({ positional }) => !positional);
  const rows = flags.map(({ name, flag }): Doc => [
    propertyName(name),
    ': ',
    `{ type: ${flag ? "'boolean'" : "'string'"} }`,
  ]);
  const [values, positionals] = ['given', 'positionals'].map((wish) => scope.temporary(wish));
  const some = options.some(({ positional }) => positional);
  const picked = [`values: ${values}`, ...(some ? [`positionals: ${positionals}`] : [])];
  const settings: Doc[] = [
    'args: process.argv.slice(2)',
    ['options: ', braces(itemsFrom(rows, true))],
    ...(some ? ['allowPositionals: true'] : []),
  ];
  before.push(`const { ${picked.join(', ')} } = ${parse}(`, braces(itemsFrom(settings)), ');', hardline);
  let place = 0;
  const fields = options.map((option): Doc => {
    const own = option.positional ? `${positionals}[${place++}]` : access(values ?? '', option.name);
    return [`${spelled(option.name, context)}: `, readOption(own, option, node, context)];
  });
  return value(braces(itemsFrom(fields, true)), {
    kind: 'arguments',
    of: Object.fromEntries(options.map((one) => [attributeName(one.name), typeOf(one)])),
  });
}

function access(values: string, name: string): string {
  return propertyName(name) === name ? `${values}.${name}` : `${values}[${quote(name)}]`;
}

function attributeName(name: string): string {
  return name.replaceAll('-', '_');
}

function spelled(name: string, { scope }: Context): string {
  return scope.spelling(attributeName(name));
}

function typeOf({ flag, read }: CommandLineOption): Type {
  return flag ? boolean : { str: string, int: number, float }[read];
}

function readOption(own: string, option: CommandLineOption, node: ExpressionOf<'call'>, context: Context): Doc {
  if (option.flag) return `${own} ?? false`;
  if (option.fallback?.kind === 'constant' && option.fallback.value !== null)
    throw new Untranslatable('Such a default has no translation', node.from);
  const fallback =
    option.fallback === undefined || option.fallback.kind === 'constant'
      ? undefined
      : context.expression(option.fallback).doc;
  const orElse = fallback ?? (option.read === 'str' ? quote('') : 'NaN');
  return option.read === 'str' ? [own, ' ?? ', orElse] : ['Number(', own, ' ?? ', orElse, ')'];
}
