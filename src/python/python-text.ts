import { isDict } from './dict';
import { Message } from './message';
import { pythonFloat } from './python-float';
import { Float, withFloats } from './remembered-floats';

/** Says that the numbers in a value are floats in Python, which JavaScript cannot tell of `1`. */
export type Numbers = 'float' | undefined;

/** A value as Python's `str()` writes it: `True`, `None`, `['a', 1]`, and messages in text format. */
export function str(value: unknown, numbers?: Numbers): string {
  return typeof value === 'string' ? value : repr(value, numbers);
}

/** A value as Python's `repr()` writes it: as `str()`, but texts in quotes. */
export function repr(value: unknown, numbers?: Numbers): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return numbers === 'float' || !Number.isInteger(value) ? pythonFloat(value) : String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    case 'object':
      return value === null ? 'None' : reprObject(value, numbers);
    default:
      return String(value);
  }
}

function reprObject(given: object, numbers: Numbers): string {
  if (given instanceof Float) return given.text;
  const value = withFloats(given);
  const all = (items: Iterable<unknown>): string => Array.from(items, (item) => repr(item, numbers)).join(', ');
  if (value instanceof Uint8Array) return reprBytes(value);
  if (Array.isArray(value)) return `[${all(value)}]`;
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${all(value)}}`;
  if (value instanceof Error) return value.message;
  if (Message.of(value) === undefined && isDict(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${repr(item, numbers)}`)
      .join(', ')}}`;
  }
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- messages have a toString of their own
  return String(value);
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quoted(text: string): string {
  const quote = quoteFor(text);
  const escaped = text.replace(/[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, escape);
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number): string => code.toString(16).padStart(digits, '0');
  return named[character] ?? (code < 0x100 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`);
}

function reprBytes(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1');
  const quote = quoteFor(latin);
  const escaped = latin.replace(/[^\x20-\x7e]|\\/g, escape);
  return `b${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

/** Whether Python takes a value for true: not nothing, 0 or False, and no text, list, dict or set without anything in it. */
export function bool(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (value instanceof Set) return value.size > 0;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0;
  return Message.of(value) !== undefined || !isDict(value) || Object.keys(value).length > 0;
}
