import { invalidRequest } from '../base/assert';
import { pythonFloat } from './python-float';
import { type Numbers, str } from './python-text';

/** `[[fill]align][sign][#][0][width][,][.precision][type]` */
const grammar = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/**
 * A value as Python's `format(value, spec)` writes it, and so `f"{value:spec}"`.
 *
 * @throws InvalidRequestError for a spec that Python does not know
 */
export function format(value: unknown, spec: string, numbers?: Numbers): string {
  const match = grammar.exec(spec);
  if (match === null) throw invalidRequest(`Expected \`spec\` to be a format of Python's, got \`${spec}\``);
  const [, fill, align, sign = '-', alternate, zero, width = '0', grouping = '', precision, type = ''] = match;
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    const text = str(value);
    return padded('', precision === undefined ? text : text.slice(0, Number(precision)), {
      fill,
      align: align ?? '<',
      width,
    });
  }
  const isFloat = numbers === 'float' || (typeof value === 'number' && !Number.isInteger(value));
  const negative = value < 0 || Object.is(value, -0);
  const absolute = negative ? -value : value;
  const digits = grouped(numberText(absolute, { type, precision, isFloat }), grouping);
  const prefix = alternate !== undefined && /[xXob]/.test(type) ? `0${type}` : '';
  const mark = (negative ? '-' : sign === '-' ? '' : sign) + prefix;
  return padded(mark, digits, {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? '>' : '='),
    width,
  });
}

interface Padding {
  readonly fill: string | undefined;
  readonly align: string;
  readonly width: string;
}

function padded(mark: string, text: string, { fill = ' ', align, width }: Padding): string {
  const room = Math.max(0, Number(width) - mark.length - [...text].length);
  if (align === '=') return mark + fill.repeat(room) + text;
  const before = align === '<' ? 0 : align === '>' ? room : Math.floor(room / 2);
  return fill.repeat(before) + mark + text + fill.repeat(room - before);
}

interface NumberFormat {
  readonly type: string;
  readonly precision: string | undefined;
  readonly isFloat: boolean;
}

function numberText(value: number | bigint, { type, precision, isFloat }: NumberFormat): string {
  const number = Number(value);
  const places = Number(precision ?? '6');
  switch (type.toLowerCase()) {
    case 'f':
      return Number.isFinite(number) ? number.toFixed(places) : pythonFloat(number);
    case 'e':
      return cased(exponential(number, places), type);
    case 'g':
    case 'n':
      return cased(general(number, places), type);
    case '%':
      return `${(number * 100).toFixed(places)}%`;
    case 'x':
      return cased(value.toString(16), type);
    case 'o':
      return value.toString(8);
    case 'b':
      return value.toString(2);
    case 'c':
      return String.fromCodePoint(number);
    default:
      if (precision !== undefined) return general(number, places);
      return isFloat ? pythonFloat(number) : String(value);
  }
}

function cased(text: string, type: string): string {
  return type === type.toUpperCase() ? text.toUpperCase() : text;
}

/** Python's exponents have two digits at least. */
function exponential(value: number, places: number): string {
  return value.toExponential(places).replace(/e([-+])(\d)$/, 'e$10$2');
}

/** As `%g`: an exponent for what is very large or small, and no zeros at the end. */
function general(value: number, precision: number): string {
  const significant = Math.max(1, precision);
  const power = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  const plain = power >= -4 && power < significant;
  const text = plain ? value.toFixed(significant - 1 - power) : exponential(value, significant - 1);
  return text.includes('.') ? text.replace(/0+(?=e|$)/, '').replace(/\.(?=e|$)/, '') : text;
}

function grouped(text: string, separator: string): string {
  return separator === '' ? text : text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, separator));
}
