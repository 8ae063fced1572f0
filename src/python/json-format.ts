import { assertObject, invalidArgument, invalidRequest } from '../base/assert';
import { Message } from './message';
import { type JsonOptions, jsonOptionNames, messageToDict } from './message-to-dict';
import { parseInto } from './parse-dict';
import { byCodePoint } from './text-format';
import { Float, rememberFloats, withFloats } from './remembered-floats';

/** How `dumps` writes. */
export interface DumpsOptions {
  /** Spaces for each level; `null` writes one line. @default null */
  readonly indent?: number | null | undefined;
  /** @default false */
  readonly sort_keys?: boolean | undefined;
  /** Escapes what is not ASCII. @default true */
  readonly ensure_ascii?: boolean | undefined;
}

/** How MessageToJson writes. `indent` is 2 when it is left out. */
export interface JsonTextOptions extends JsonOptions, DumpsOptions {}

/** How ParseDict reads. */
export interface ParseOptions {
  /** Skips names that the message does not have. @default false */
  readonly ignore_unknown_fields?: boolean | undefined;
}

/** A message as a plain object, by protobuf's rules for JSON. `dumps` and `str` still know which of its numbers are floats. */
export function MessageToDict(message: unknown, options: JsonOptions = {}): unknown {
  assertObject(options, 'options', jsonOptionNames);
  return rememberFloats(messageToDict(given(message), options, (value) => new Float(value)));
}

/** A message as text of JSON, letter for letter as Python writes it. */
export function MessageToJson(message: unknown, options: JsonTextOptions = {}): string {
  const { indent = 2, sort_keys = false, ensure_ascii = true, ...rest } = options;
  assertObject(rest, 'options', jsonOptionNames);
  const dict = messageToDict(given(message), rest, (value) => new Float(value));
  return jsonText(dict, { indent, sort_keys, ensure_ascii });
}

/** A plain value as text of JSON, letter for letter as Python's `json.dumps` writes it; whole numbers as integers. */
export function dumps(value: unknown, options: DumpsOptions = {}): string {
  assertObject(options, 'options', ['indent', 'sort_keys', 'ensure_ascii']);
  return jsonText(value, { indent: null, ...options });
}

/** Reads a plain object, by protobuf's rules for JSON, into a message, and returns that. */
export function ParseDict<Target>(dict: unknown, message: Target, options: ParseOptions = {}): Target {
  assertObject(options, 'options', ['ignore_unknown_fields']);
  const target = given(message);
  parseInto(target, dict, Message.type(target).name, options.ignore_unknown_fields === true);
  return message;
}

/** Reads text of JSON into a message, and returns that. */
export function Parse<Target>(text: string, message: Target, options: ParseOptions = {}): Target {
  let dict: unknown;
  try {
    dict = JSON.parse(text);
  } catch (cause) {
    throw invalidRequest(`Expected \`text\` to be JSON: ${(cause as Error).message}`, { cause });
  }
  return ParseDict(dict, message, options);
}

function jsonText(value: unknown, { indent, sort_keys = false, ensure_ascii = true }: DumpsOptions): string {
  const text = write(value, typeof indent === 'number' ? ' '.repeat(indent) : undefined, sort_keys, '\n');
  return ensure_ascii ? text.replace(/[\u007f-\uffff]/g, escaped) : text;
}

function write(value: unknown, indent: string | undefined, sort: boolean, newline: string): string {
  if (value instanceof Float) return value.text;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return writeContainer(withFloats(value), indent, sort, newline);
}

function writeContainer(value: object, indent: string | undefined, sort: boolean, newline: string): string {
  const inner = `${newline}${indent ?? ''}`;
  const isArray = Array.isArray(value);
  const parts = isArray
    ? value.map((item) => write(item, indent, sort, inner))
    : entriesOf(value, sort).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, indent, sort, inner)}`);
  const [open, close] = isArray ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (indent === undefined) return `${open}${parts.join(', ')}${close}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`;
}

function entriesOf(value: object, sort: boolean): [string, unknown][] {
  const entries = Object.entries(value) as [string, unknown][];
  return sort ? entries.sort(([a], [b]) => byCodePoint(a, b)) : entries;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function given(message: unknown): Message {
  const found = Message.of(message);
  if (found === undefined) throw invalidArgument('message', 'a message', message);
  return found;
}
