import type { Field } from './descriptor';
import { enumType } from './enum-type';
import { pythonFloat, shortestFloat } from './python-float';

/** What is asked of a message to print it. */
export interface Listed {
  ListFields(): readonly (readonly [Field, unknown])[];
}

/** A message in protobuf's text format, as Python prints it. */
export function textFormat(message: Listed): string {
  return print(message, '');
}

function print(message: Listed, indent: string): string {
  return message
    .ListFields()
    .map(([field, value]) => {
      if (field.cardinality === 'map') return printMap(field, value as Readonly<Record<string, unknown>>, indent);
      if (field.cardinality === '') return printOne(field, value, indent);
      return (value as readonly unknown[]).map((item) => printOne(field, item, indent)).join('');
    })
    .join('');
}

function printOne(field: Field, value: unknown, indent: string): string {
  const { name, kind } = field;
  if (kind === 'message') return `${indent}${name} {\n${print(value as Listed, `${indent}  `)}${indent}}\n`;
  return `${indent}${name}: ${scalar(field, value)}\n`;
}

function printMap(field: Field, entries: Readonly<Record<string, unknown>>, indent: string): string {
  const inner = `${indent}  `;
  return Object.keys(entries)
    .sort(byCodePoint)
    .map((key) => {
      const value = printOne({ ...field, name: 'value', cardinality: '' }, entries[key], inner);
      // An entry is a message to Python, too, and an empty key its default.
      const name = key === '' ? '' : `${inner}key: ${quoted(Buffer.from(key))}\n`;
      return `${indent}${field.name} {\n${name}${value}${indent}}\n`;
    })
    .join('');
}

/** Python sorts by code point, JavaScript by UTF-16. */
export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function scalar({ kind, type }: Field, value: unknown): string {
  switch (kind) {
    case 'string':
      return quoted(Buffer.from(value as string));
    case 'bytes':
      return quoted(value as Uint8Array);
    case 'float':
      return pythonFloat(shortestFloat(value as number));
    case 'double':
      return pythonFloat(value as number);
    case 'enum':
      return String(enumType(type).show(value as number));
    default:
      return String(value);
  }
}

const escapes = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x27, "\\'"],
  [0x5c, '\\\\'],
]);

function quoted(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    if (byte >= 0x20 && byte < 0x7f) text += escapes.get(byte) ?? String.fromCharCode(byte);
    else text += escapes.get(byte) ?? `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `${text}"`;
}
