import type { Context } from '../context';
import { quote } from '../print/literals';
import { Untranslatable } from '../problem';
import { isScalar, string } from '../type';
import { at, definite, level, method, type Value, value } from '../value';
import { plainNumber } from './plain-number';
import { asText, quoted, shown } from './shown';

interface Format {
  /** `r`, `s` or `a`. */
  readonly conversion: string;
  /** `[[fill]align][sign][#][0][width][,][.precision][type]`. */
  readonly spec: string;
  readonly from: number;
}

const grammar = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** A value as Python's format() writes it: by what JavaScript has for it, or by `format` of `clarifai-grpc/python`. */
export function formatted(given: Value, { conversion, spec, from }: Format, context: Context): Value {
  const one = converted(given, conversion, context);
  if (spec === '') return shown(one, context);
  const match = grammar.exec(spec);
  if (match === null) throw new Untranslatable(`The format \`${spec}\` has no translation`, from);
  const [, fill = ' ', align, sign, alternate, zero, width, grouping, precision, type = ''] = match;
  const isText = isScalar(one.type, 'string');
  const isInteger = isScalar(one.type, 'number') || isScalar(one.type, 'long') || one.type.kind === 'enum';
  const isFloat = isScalar(one.type, 'float');
  const simple = sign === undefined && alternate === undefined && grouping === undefined && !/[=^]/.test(align ?? '');
  const text = simple ? simpleText(one, { type, precision, isText, isInteger }, context) : undefined;
  if (text === undefined || (zero !== undefined && (isText || align !== undefined))) {
    const format = context.imports.value('clarifai-grpc/python', 'format');
    const shownFloat = isFloat ? ", 'float'" : '';
    const argument = isInteger ? plainNumber(one) : one;
    return value([format, '(', definite(argument).doc, ', ', quote(spec), shownFloat, ')'], string, level.member);
  }
  if (width === undefined) return text;
  const padding = zero === undefined ? fill : '0';
  const start = align === undefined ? !isText : align === '>';
  const args = padding === ' ' ? [width] : [width, quote(padding)];
  return value(method(asText(text, context), start ? 'padStart' : 'padEnd', args), string, level.member);
}

function converted(given: Value, conversion: string, context: Context): Value {
  const one = definite(given);
  if (conversion === 'r' || conversion === 'a') return quoted(one, context);
  return conversion === 's' ? asText(one, context) : one;
}

interface Kind {
  readonly type: string;
  readonly precision: string | undefined;
  readonly isText: boolean;
  readonly isInteger: boolean;
}

/** What JavaScript writes the same way, but for the padding. */
function simpleText(one: Value, { type, precision, isText, isInteger }: Kind, context: Context): Value | undefined {
  const call = (name: string, ...args: string[]): Value =>
    value(method(plainNumber(one), name, args), string, level.member);
  if (isText && (type === '' || type === 's')) return precision === undefined ? one : call('slice', '0', precision);
  if (isText) return undefined;
  switch (type) {
    case '':
      return isInteger && precision === undefined ? shown(one, context) : undefined;
    case 's':
      return precision === undefined ? shown(one, context) : undefined;
    case 'd':
      return isInteger ? plainNumber(one) : undefined;
    case 'f':
    case 'F':
      return call('toFixed', precision ?? '6');
    case 'x':
      return isInteger ? call('toString', '16') : undefined;
    case '%':
      return value(
        ['`${(', at(level.multiplicative, plainNumber(one)), ' * 100).toFixed(', precision ?? '6', ')}%`'],
        string,
      );
    default:
      return undefined;
  }
}
