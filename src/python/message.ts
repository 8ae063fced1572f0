import { inspect } from 'node:util';
import { invalidArgument, invalidRequest } from '../base/assert';
import { codecOf } from './codec-of';
import { type Field, fieldOf, type MessageType } from './descriptor';
import { isDict, isIterable, mapValues } from './dict';
import type { MessageClass } from './message-class';
import { messageToDict } from './message-to-dict';
import { Repeated } from './repeated';
import { defaultOf, fromCodec, isDefault, toScalar } from './scalar';
import { strictEnd } from './strict-end';
import { textFormat } from './text-format';
import { fromFields, type Plain, toFields } from './well-known';

/** Where a message belongs that is not set yet, so that setting one of its fields sets it. */
export interface Place {
  readonly message: Message;
  readonly field: Field;
}

const nothing: Plain = Object.freeze({});

/** The messages behind the proxies that stand for Structs. */
const behind = new WeakMap<object, Message>();

/**
 * A message as Python has it. What the codec decoded stays as it is; over it lie the scalars that were set, and the lists,
 * maps and messages that were handed out. Its fields are accessors of a prototype that each message type has; so all of its
 * own names are Python's, or private.
 */
export class Message {
  readonly #class: MessageClass;
  readonly #place: Place | undefined;
  /** Made when it is needed: most messages of an answer are only read. */
  #own: Map<Field, unknown> | undefined;
  #decoded: Plain;
  #isSet: boolean;

  static {
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: Message): string {
        return textFormat(this);
      },
    });
    // The end of the chain of prototypes, where only names arrive that no message has.
    Object.setPrototypeOf(
      this.prototype,
      strictEnd((receiver) => (#class in receiver ? receiver.#class.type : undefined)),
    );
  }

  /** @param bare what a codec has for it; `undefined` when it is not set */
  constructor(ofClass: MessageClass, bare: unknown, place?: Place) {
    this.#class = ofClass;
    this.#decoded = bare === undefined ? nothing : toFields(ofClass.type.fullName, bare);
    this.#isSet = bare !== undefined;
    this.#place = place;
  }

  get DESCRIPTOR(): { readonly name: string; readonly full_name: string } {
    const { name, fullName } = this.#class.type;
    return { name, full_name: fullName };
  }

  HasField(name: string): boolean {
    const field = fieldOf(this.#class.type, name);
    if (field.oneof !== '' || (field.kind === 'message' && field.cardinality === '')) return this.#has(field);
    const { fullName } = this.#class.type;
    throw invalidRequest(`HasField tells of messages and oneofs only, and \`${name}\` of ${fullName} is neither`);
  }

  WhichOneof(name: string): string | null {
    const { oneofs, fullName } = this.#class.type;
    const fields = oneofs.get(name);
    const known = [...oneofs.keys()].join(', ') || 'none';
    if (fields === undefined) throw invalidRequest(`Unknown oneof \`${name}\` of ${fullName}: known are ${known}`);
    return fields.find((field) => this.#has(field))?.name ?? null;
  }

  ListFields(): [Field, unknown][] {
    return this.#class.type.fields.filter((field) => this.#has(field)).map((field) => [field, this.#read(field)]);
  }

  SetInParent(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    if (this.#place !== undefined) this.#place.message.#touch(this.#place.field);
  }

  ClearField(name: string): void {
    this.#keep(fieldOf(this.#class.type, name), undefined);
  }

  Clear(): void {
    this.#own = undefined;
    this.#decoded = nothing;
    this.SetInParent();
  }

  CopyFrom(other: unknown): void {
    const copied = this.#sameClass(other, 'other').#plain();
    this.Clear();
    this.#decoded = copied;
  }

  MergeFrom(other: unknown): void {
    this.SetInParent();
    for (const [field, value] of this.#sameClass(other, 'other').ListFields()) {
      if (field.cardinality === '' && field.kind === 'message') Message.of(this.#read(field))?.MergeFrom(value);
      else this.#give(field, value);
    }
  }

  SerializeToString(): Uint8Array {
    return codecOf(this.#class.type.fullName).encode(Message.bare(this) as object);
  }

  ByteSize(): number {
    return codecOf(this.#class.type.fullName).size(Message.bare(this) as object);
  }

  toString(): string {
    return textFormat(this);
  }

  toJSON(): unknown {
    return messageToDict(this);
  }

  /** The message that a value is, or that it stands for. */
  static of(value: unknown): Message | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    return #class in value ? value : behind.get(value);
  }

  /** Lets a proxy stand for a message. */
  static standFor(proxy: object, message: Message): void {
    behind.set(proxy, message);
  }

  static type(message: object): MessageType {
    return this.#at(message).#class.type;
  }

  static read(message: object, field: Field): unknown {
    return this.#at(message).#read(field);
  }

  /** Sets a scalar. */
  static write(message: object, field: Field, value: unknown): void {
    const at = this.#at(message);
    if (field.kind === 'message' || field.cardinality !== '') {
      const how = field.cardinality === '' ? 'CopyFrom() or its fields' : 'its methods';
      throw invalidRequest(`\`${at.#path(field)}\` cannot be assigned to, as in Python: use ${how}`);
    }
    at.#give(field, value);
  }

  /** Sets fields by their names, each to a copy of what is given; null and undefined leave a field unset. */
  static fill(message: object, fields: object): void {
    const at = this.#at(message);
    for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
      const field = fieldOf(at.#class.type, name);
      if (value !== undefined && value !== null) at.#give(field, value);
    }
  }

  /** The message as our codecs have it: a snapshot that later changes leave alone. */
  static bare(message: object): unknown {
    const at = this.#at(message);
    return fromFields(at.#class.type.fullName, at.#plain());
  }

  /** Makes a message what a codec has for one of its type. */
  static assign(message: object, bare: unknown): void {
    const at = this.#at(message);
    at.Clear();
    at.#decoded = toFields(at.#class.type.fullName, bare);
  }

  static #at(value: unknown): Message {
    const message = this.of(value);
    if (message === undefined) throw invalidArgument('this', 'a message', value);
    return message;
  }

  #read(field: Field): unknown {
    const own = this.#own?.get(field);
    if (own !== undefined) return own;
    const decoded = this.#own?.has(field) === true ? undefined : this.#decoded[field.jsName];
    if (field.kind !== 'message' && field.cardinality === '') {
      return decoded === undefined ? defaultOf(field) : fromCodec(field, decoded);
    }
    // Kept, so that what is done to it lasts.
    const handedOut = this.#container(field, decoded);
    this.#keep(field, handedOut);
    return handedOut;
  }

  #container(field: Field, decoded: unknown): unknown {
    const one = (bare: unknown): unknown =>
      field.kind === 'message' ? this.#class.of(field.type).create(bare) : fromCodec(field, bare);
    if (field.cardinality === 'repeated') {
      return Repeated.ownedBy(((decoded ?? []) as unknown[]).map(one), {
        convert: (value) => this.#convert(field, value, this.#path(field)),
        touch: () => this.#touch(field),
      });
    }
    if (field.cardinality === 'map') return mapValues((decoded ?? nothing) as Plain, one);
    return this.#class.of(field.type).create(decoded, { message: this, field });
  }

  /** Gives a field what a caller has for it. */
  #give(field: Field, value: unknown): void {
    const path = this.#path(field);
    if (field.cardinality === 'repeated') {
      if (typeof value === 'string' || !isIterable(value)) throw invalidArgument(path, 'an array', value);
      (this.#read(field) as Repeated<unknown>).extend(value);
      return;
    }
    if (field.cardinality === 'map') {
      if (!isDict(value)) throw invalidArgument(path, 'a plain object', value);
      const convert = (item: unknown, key: string): unknown =>
        this.#convert(field, item, `${path}[${JSON.stringify(key)}]`);
      Object.assign(this.#read(field) as object, mapValues(value, convert));
    } else {
      this.#keep(field, this.#convert(field, value, path));
    }
    this.#touch(field);
  }

  #keep(field: Field, value: unknown): void {
    this.#own ??= new Map<Field, unknown>();
    this.#own.set(field, value);
  }

  #convert(field: Field, value: unknown, path: string): unknown {
    if (field.kind !== 'message') return toScalar(field, value, path);
    const ofClass = this.#class.of(field.type);
    const given = Message.of(value);
    // A copy: what is done later to the message that was given is not seen here.
    return ofClass.create(
      Message.bare(given !== undefined && given.#class === ofClass ? given : ofClass.from(value, path)),
    );
  }

  /** A field has got a value: others of its oneof lose theirs, and the message itself is set. */
  #touch(field: Field): void {
    for (const other of field.alternatives) if (other !== field) this.#keep(other, undefined);
    this.SetInParent();
  }

  #has(field: Field): boolean {
    const own = this.#own?.get(field);
    const value = this.#own?.has(field) === true ? own : this.#decoded[field.jsName];
    if (value === undefined) return false;
    if (field.cardinality === 'repeated') return (value as readonly unknown[]).length > 0;
    if (field.cardinality === 'map') return Object.keys(value as object).length > 0;
    if (field.kind === 'message') return own === undefined || Message.#at(own).#exists();
    return field.oneof !== '' || !isDefault(field, fromCodec(field, value));
  }

  // A list may have been filled with `push`, which tells nobody.
  #exists(): boolean {
    return this.#isSet || [...(this.#own?.keys() ?? [])].some((field) => this.#has(field));
  }

  #plain(): Plain {
    if (this.#own === undefined) return this.#decoded;
    const plain: Record<string, unknown> = { ...this.#decoded };
    for (const [field, value] of this.#own) {
      plain[field.jsName] = this.#has(field) ? this.#bareOf(field, value) : undefined;
    }
    return plain;
  }

  #bareOf(field: Field, value: unknown): unknown {
    const one = (item: unknown): unknown => {
      if (field.kind !== 'message') return item;
      // What was pushed into a list by hand may be anything yet.
      return Message.bare(Message.of(item) ?? this.#class.of(field.type).from(item, this.#path(field)));
    };
    if (field.cardinality === 'repeated') return (value as readonly unknown[]).map(one);
    return field.cardinality === 'map' ? mapValues(value as Plain, one) : one(value);
  }

  #sameClass(value: unknown, name: string): Message {
    const message = Message.of(value);
    if (message !== undefined && message.#class === this.#class) return message;
    throw invalidArgument(name, `a ${this.#class.type.fullName}`, value);
  }

  #path(field: Field): string {
    return `${this.#class.type.name}.${field.name}`;
  }
}
