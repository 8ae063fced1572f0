import { quote } from '../print/literals';
import { Untranslatable } from '../problem';
import { isScalar, number, string } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import { plainNumber } from './plain-number';

interface Format {
  /** `r`, `s` or `a`. */
  readonly conversion: string;
  /** `[[fill]align][sign][#][0][width][,][.precision][type]`. */
  readonly spec: string;
  readonly from: number;
}

const grammar = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** A value as Python's format() writes it. */
export function formatted(one: Value, { conversion, spec, from }: Format): Value {
  const present = definite(one);
  const shown =
    conversion === 'r' || conversion === 'a'
      ? value(['JSON.stringify(', present.doc, ')'], string, level.member)
      : present;
  if (spec === '') return shown;
  const match = grammar.exec(spec);
  if (match === null) throw new Untranslatable(`The format \`${spec}\` has no translation`, from);
  const [, fill, align, sign, , zero, width, grouping, precision, type = ''] = match;
  if (sign === '+' || sign === ' ' || align === '^') {
    throw new Untranslatable(`The format \`${spec}\` has no translation`, from);
  }
  const text = numberFormat(shown, { type, precision, grouping, from, spec });
  if (width === undefined) return text;
  const padding = zero === undefined ? (fill ?? ' ') : '0';
  const isNumber = type !== '' ? type !== 's' : !isScalar(one.type, 'string');
  const start = align === undefined ? isNumber : align !== '<';
  const asText = isScalar(text.type, 'string') ? text : value(['String(', text.doc, ')'], string, level.member);
  const args = padding === ' ' ? [width] : [width, quote(padding)];
  return value(method(asText, start ? 'padStart' : 'padEnd', args), string, level.member);
}

interface NumberFormat {
  readonly type: string;
  readonly precision: string | undefined;
  readonly grouping: string | undefined;
  readonly from: number;
  readonly spec: string;
}

function numberFormat(one: Value, { type, precision, grouping, from, spec }: NumberFormat): Value {
  const call = (name: string, ...args: string[]): Value =>
    value(method(plainNumber(one), name, args), string, level.member);
  if (grouping !== undefined) {
    const digits = precision ?? '0';
    return call('toLocaleString', `'en-US', { minimumFractionDigits: ${digits}, maximumFractionDigits: ${digits} }`);
  }
  switch (type) {
    case '':
      if (precision === undefined) return one;
      return isScalar(one.type, 'string') ? call('slice', '0', precision) : call('toPrecision', precision);
    case 's':
      return precision === undefined ? one : call('slice', '0', precision);
    case 'd':
    case 'i':
    case 'u':
      return one.level === level.number ? one : value(['Math.trunc(', plainNumber(one).doc, ')'], number, level.member);
    case 'f':
    case 'F':
      return call('toFixed', precision ?? '6');
    case 'e':
      return call('toExponential', precision ?? '6');
    case 'g':
      return value(['Number(', call('toPrecision', precision ?? '6').doc, ')'], number, level.member);
    case 'x':
      return call('toString', '16');
    case 'b':
      return call('toString', '2');
    case 'o':
      return call('toString', '8');
    case '%':
      return value(
        ['`${(', at(level.multiplicative, plainNumber(one)), ' * 100).toFixed(', precision ?? '6', ')}%`'],
        string,
      );
    default:
      throw new Untranslatable(`The format \`${spec}\` has no translation`, from);
  }
}
