import type { Context } from '../context';
import { type Doc, group, indent, line } from '../print/doc';
import { joinedType } from '../joined-type';
import { Untranslatable } from '../problem';
import type { Expression, ExpressionOf } from '../syntax/ast';
import { boolean, float, isScalar, listOf, number, string, type Type, unknown } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import { percentFormat } from './percent-format';
import { plainNumber } from './plain-number';
import { pythonHelper } from './python-helper';
import { concatenation } from './template';

interface Operator {
  readonly text: string;
  readonly level: number;
}

const arithmetic: Readonly<Record<string, Operator>> = {
  '+': { text: '+', level: level.additive },
  '-': { text: '-', level: level.additive },
  '*': { text: '*', level: level.multiplicative },
  '/': { text: '/', level: level.multiplicative },
  '%': { text: '%', level: level.multiplicative },
};

const comparisons: Readonly<Record<string, Operator>> = {
  '==': { text: '===', level: level.equality },
  '!=': { text: '!==', level: level.equality },
  is: { text: '===', level: level.equality },
  'is not': { text: '!==', level: level.equality },
  '<': { text: '<', level: level.relational },
  '<=': { text: '<=', level: level.relational },
  '>': { text: '>', level: level.relational },
  '>=': { text: '>=', level: level.relational },
};

export function binary(node: ExpressionOf<'binary'>, context: Context, expected: Type): Value {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') return either(node, context, expected);
  if (operator === 'in' || operator === 'not in') return contained(node, context);
  const comparison = comparisons[operator];
  if (comparison !== undefined) return compared(comparison, node, context);
  if (operator === '%' && (left.kind === 'string' || left.kind === 'template')) return percentFormat(node, context);
  if (operator === '+') {
    const joined = concatenation(node, context);
    if (joined !== undefined) return joined;
  }
  const [a, b] = [definite(context.expression(left, expected)), definite(context.expression(right, expected))];
  if (operator === '+' && a.type.kind === 'list') return value(['[...', a.doc, ', ...', b.doc, ']'], a.type);
  if (operator === '*' && isScalar(a.type, 'string')) return value(method(a, 'repeat', [b.doc]), string, level.member);
  if (operator === '**') return value([at(level.unary + 1, a), ' ** ', at(level.power, b)], number, level.power);
  const [x, y] = [plainNumber(a), plainNumber(b)];
  if (operator === '//') {
    return value(['Math.floor(', at(level.multiplicative, x), ' / ', at(level.unary, y), ')'], number, level.member);
  }
  const known = arithmetic[operator];
  if (known === undefined) throw new Untranslatable(`The operator \`${operator}\` has no translation`, node.from);
  const type = isScalar(x.type, 'string') ? string : resultOf(operator, x.type, y.type);
  return value([at(known.level, x), ` ${known.text} `, at(known.level + 1, y)], type, known.level);
}

/** Division gives a float, and so does everything that a float takes part in. */
function resultOf(operator: string, a: Type, b: Type): Type {
  return operator === '/' || isScalar(a, 'float') || isScalar(b, 'float') ? float : number;
}

export function unary({ operator, operand, from }: ExpressionOf<'unary'>, context: Context): Value {
  if (operator === 'not') return negated(condition(operand, context));
  if (operator === '~') throw new Untranslatable('The operator `~` has no translation', from);
  const one = plainNumber(definite(context.expression(operand)));
  return value([operator, at(level.unary, one)], one.type, level.unary);
}

/** A value as a condition: Python's empty lists and dicts are false. */
export function condition(node: Expression, context: Context): Value {
  if (node.kind === 'group') return condition(node.value, context);
  if (node.kind === 'unary' && node.operator === 'not') return negated(condition(node.operand, context));
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    const [own, sign] = node.operator === 'and' ? [level.and, ' &&'] : [level.or, ' ||'];
    const [a, b] = [condition(node.left, context), condition(node.right, context)];
    return value(group(at(own, a), sign, indent(line, at(own + 1, b))), boolean, own);
  }
  const one = context.expression(node);
  const { type } = one;
  if (type.kind === 'list' || isScalar(type, 'bytes')) {
    return value([at(level.member, definite(one)), '.length > 0'], boolean, level.relational);
  }
  if (type.kind === 'set') return value([at(level.member, one), '.size > 0'], boolean, level.relational);
  if (type.kind === 'json' || type.kind === 'map') {
    return value(['Object.keys(', definite(one).doc, ').length > 0'], boolean, level.relational);
  }
  if (type.kind === 'unknown') return value(pythonHelper('bool', [one.doc], context), boolean, level.member);
  if (isScalar(type, 'long') && node.kind !== 'number')
    return value(['Number(', definite(one).doc, ') !== 0'], boolean, level.equality);
  return one;
}

function negated(one: Value): Value {
  const text = one.level === level.relational || one.level === level.equality ? flipped(one.doc) : undefined;
  return text === undefined
    ? value(['!', at(level.unary, one)], boolean, level.unary)
    : value(text, boolean, level.equality);
}

/** `a.length > 0` and `a === b` negated read better as `a.length === 0` and `a !== b`. */
function flipped(doc: Doc): Doc | undefined {
  if (!Array.isArray(doc)) return undefined;
  const parts = doc as readonly Doc[];
  const [left, operator, right, ...more] = parts;
  if ((operator === ' === ' || operator === ' !== ') && more.length === 0) {
    return [left ?? '', operator === ' === ' ? ' !== ' : ' === ', right ?? ''];
  }
  const last = parts.at(-1);
  if (typeof last !== 'string' || !last.endsWith('.length > 0')) return undefined;
  return [...parts.slice(0, -1), last.replace(/ > 0$/, ' === 0')];
}

function either(node: ExpressionOf<'binary'>, context: Context, expected: Type): Value {
  const { operator, left, right } = node;
  const and = operator === 'and';
  // `a or b` picks a value; in a test it would be the same.
  const side = (part: Expression): Value =>
    part.kind === 'binary' || part.kind === 'unary' || part.kind === 'group'
      ? condition(part, context)
      : context.expression(part, expected);
  const [a, b] = [side(left), side(right)];
  if (/^(list|set|json|map)$/.test(a.type.kind)) {
    // What has nothing in it is false to Python, and true to JavaScript.
    const [yes, no] = and ? [b, a] : [a, b];
    const type = joinedType(a.type, b.type);
    const test = at(level.nullish, condition(left, context));
    return value(
      [test, ' ? ', at(level.conditional, definite(yes)), ' : ', at(level.conditional, definite(no))],
      type,
      level.conditional,
    );
  }
  const own = and ? level.and : level.or;
  const doc = group(at(own, a), and ? ' &&' : ' ||', indent(line, at(own + 1, b)));
  return value(doc, a.type.kind === b.type.kind ? b.type : a.type, own);
}

function compared({ text, level: own }: Operator, node: ExpressionOf<'binary'>, context: Context): Value {
  const { operator, left, right } = node;
  if (left.kind === 'binary' && comparisons[left.operator] !== undefined) {
    // `a < b < c`
    const [first, second] = [context.expression(left), context.expression({ ...node, left: left.right })];
    return value([at(level.and, first), ' && ', at(level.and + 1, second)], boolean, level.and);
  }
  const a = context.expression(left);
  const b = context.expression(right, a.type);
  const first = b.type.kind === 'none' || a.level !== level.primary ? a : context.expression(left, b.type);
  if (b.type.kind === 'none') return value([at(own, a), ` ${text} `, 'undefined'], boolean, own);
  // Equality with something that is no default is the same for a field that is not set.
  const keep = own === level.equality && !isDefault(right) && (operator === '==' || operator === '!=');
  const [x, y] = keep ? [first, b] : [definite(first), definite(b)];
  const [p, q] = [x, y].map((one) => (isScalar(one.type, 'long') ? plainNumber(definite(one)) : one));
  return value([at(own + 1, p ?? x), ` ${text} `, at(own + 1, q ?? y)], boolean, own);
}

function isDefault(node: Expression): boolean {
  if (node.kind === 'number') return Number(node.text) === 0;
  if (node.kind === 'string') return node.value === '';
  return node.kind === 'constant'
    ? node.value === false
    : node.kind === 'name' || node.kind === 'attribute'
      ? false
      : true;
}

function contained(node: ExpressionOf<'binary'>, context: Context): Value {
  const { operator, left, right } = node;
  const whole = definite(context.expression(right, right.kind === 'tuple' ? listOf(unknown) : unknown));
  const element = whole.type.kind === 'list' || whole.type.kind === 'set' ? whole.type.of : undefined;
  const part = definite(context.expression(left, element));
  const listed = right.kind === 'tuple' || right.kind === 'list' ? right.elements.items : [];
  if ((part.type.kind === 'enum' || part.type.kind === 'grpcCode') && listed.length > 0) {
    const [own, sign] = operator === 'in' ? [level.or, ' ||'] : [level.and, ' &&'];
    const tests = listed.map(({ value: one }) =>
      context.expression({ ...node, operator: operator === 'in' ? '==' : '!=', right: one }),
    );
    const docs = tests.map((test, index): Doc => (index === 0 ? at(own, test) : [sign, line, at(own + 1, test)]));
    return value(group(indent(docs)), boolean, own);
  }
  if (whole.type.kind === 'unknown') {
    const held = value(pythonHelper('contains', [whole.doc, part.doc], context), boolean, level.member);
    return operator === 'in' ? held : value(['!', held.doc], boolean, level.unary);
  }
  const byKey = whole.type.kind === 'json' || whole.type.kind === 'map';
  const test = byKey
    ? value(['Object.hasOwn(', whole.doc, ', ', part.doc, ')'], boolean, level.member)
    : value(method(whole, whole.type.kind === 'set' ? 'has' : 'includes', [part.doc]), boolean, level.member);
  return operator === 'in' ? test : value(['!', test.doc], boolean, level.unary);
}
