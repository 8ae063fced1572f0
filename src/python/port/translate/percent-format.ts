import type { Context } from '../context';
import { Untranslatable } from '../problem';
import type { Expression, ExpressionOf } from '../syntax/ast';
import type { Value } from '../value';
import { template, type TemplatePart } from './template';

const directive = /%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

/** What format() calls a directive of another name. */
const directiveTypes: Readonly<Record<string, string>> = { r: 's', a: 's', i: 'd', u: 'd' };

/** `"%s %.2f" % (a, b)` as a template literal. */
export function percentFormat({ left, right, from }: ExpressionOf<'binary'>, context: Context): Value {
  if (left.kind !== 'string') throw new Untranslatable('Only a plain text is formatted with `%`', from);
  const given = argumentsOf(right);
  const parts: TemplatePart[] = [];
  let used = 0;
  let start = 0;
  for (const match of left.value.matchAll(directive)) {
    const [whole, key, flags = '', width = '', precision, type = ''] = match;
    parts.push(left.value.slice(start, match.index));
    start = match.index + whole.length;
    if (type === '%') {
      parts.push('%');
      continue;
    }
    const argument = key === undefined ? given.positional[used++] : given.named.get(key);
    if (argument === undefined) throw new Untranslatable(`\`${whole}\` has no value to format`, from);
    parts.push({
      value: context.expression(argument),
      conversion: type === 'r' ? 'r' : '',
      spec: specOf({ flags, width, precision, type: directiveTypes[type] ?? type }),
      label: '',
      from: argument.from,
    });
  }
  parts.push(left.value.slice(start));
  if (used < given.positional.length && given.named.size === 0) {
    throw new Untranslatable('The text has fewer places than there are values', from);
  }
  return template(
    parts.filter((part) => part !== ''),
    context,
  );
}

/** The directive as format() spells it. */
function specOf({
  flags,
  width,
  precision,
  type,
}: {
  flags: string;
  width: string;
  precision?: string | undefined;
  type: string;
}): string {
  if (type === 's' && width === '' && precision === undefined) return '';
  const align = width === '' ? '' : flags.includes('-') ? '<' : '>';
  const zero = flags.includes('0') && align === '>';
  const sign = /[+ ]/.exec(flags)?.[0] ?? '';
  return `${zero ? '' : align}${sign}${zero ? '0' : ''}${width}${precision === undefined ? '' : `.${precision}`}${type}`;
}

function argumentsOf(node: Expression): { positional: readonly Expression[]; named: ReadonlyMap<string, Expression> } {
  if (node.kind === 'group') return argumentsOf(node.value);
  if (node.kind === 'tuple') return { positional: node.elements.items.map(({ value }) => value), named: new Map() };
  if (node.kind !== 'dict') return { positional: [node], named: new Map() };
  const named = node.entries.items.flatMap(({ value: { key, value } }) =>
    key?.kind === 'string' ? [[key.value, value] as const] : [],
  );
  return { positional: [node], named: new Map(named) };
}
