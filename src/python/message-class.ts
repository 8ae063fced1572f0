import { invalidArgument, invalidRequest } from '../base/assert';
import { codecOf } from './codec-of';
import { type Field, type MessageType, messageType } from './descriptor';
import { durationMethods } from './duration';
import { isDict } from './dict';
import { Message, type Place } from './message';
import { structMethods, structProxy } from './struct';
import { fieldsOfDate, timestampMethods } from './timestamp';
import { nestedIn } from './nested';
import { isJson, toJson } from './json-value';

/** What calling `resources_pb2.Input` and the like calls: with or without `new`. */
export type Constructor = ((fields?: object) => object) & { readonly prototype: object };

/** One message type, ready to make messages of: its constructor, and the prototype with an accessor for each field. */
export class MessageClass {
  static readonly #classes = new Map<string, MessageClass>();

  readonly type: MessageType;
  readonly call: Constructor;
  // A class of its own: with Reflect.construct or Object.setPrototypeOf a message takes some twenty times as long to make.
  readonly #made = class extends Message {};

  /** @internal Use `MessageClass.of`: each type has one. */
  constructor(type: MessageType) {
    this.type = type;
    this.#addMembers();
    const create = (fields?: object): object => this.#withFields(fields);
    const call = function (fields?: object): object {
      return create(fields);
    };
    call.prototype = this.#made.prototype;
    Object.defineProperties(call, {
      ...nestedIn(type.fullName, (inner) => MessageClass.of(inner).call),
      name: { value: type.name },
      DESCRIPTOR: { value: { name: type.name, full_name: type.fullName } },
      FromString: { value: (bytes: Uint8Array) => this.create(codecOf(type.fullName).decode(bytes)) },
    });
    this.call = call;
  }

  static of(fullName: string): MessageClass {
    const known = this.#classes.get(fullName);
    if (known !== undefined) return known;
    const made = new MessageClass(messageType(fullName));
    this.#classes.set(fullName, made);
    return made;
  }

  of(fullName: string): MessageClass {
    return MessageClass.of(fullName);
  }

  /** A message around what a codec has for it; without, one that is not set yet. */
  create(bare: unknown, place?: Place): object {
    const message = new this.#made(this, bare, place);
    return this.type.fullName === 'google.protobuf.Struct' ? structProxy(message) : message;
  }

  /** A message of what a caller gives in place of one. @throws InvalidRequestError */
  from(value: unknown, path: string): object {
    const { fullName } = this.type;
    if (isJson(fullName, value)) return this.create(toJson(value, path));
    if (isDict(value)) return this.#withFields(value);
    if (fullName === 'google.protobuf.Timestamp' && value instanceof Date) return this.#withFields(fieldsOfDate(value));
    const given = Message.of(value);
    if (given === undefined) throw invalidArgument(path, `a ${fullName}`, value);
    throw invalidRequest(`Expected \`${path}\` to be a ${fullName}, got a ${given.DESCRIPTOR.full_name}`);
  }

  #withFields(fields: unknown): object {
    const message = this.create(undefined);
    if (fields === undefined) return message;
    if (!isDict(fields)) throw invalidArgument(this.type.name, 'given an object of fields', fields);
    Message.fill(message, fields);
    return message;
  }

  #addMembers(): void {
    const { prototype } = this.#made;
    for (const field of this.type.fields) Object.defineProperty(prototype, field.name, accessor(field));
    Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(this.#methods()));
  }

  #methods(): object {
    switch (this.type.fullName) {
      case 'google.protobuf.Struct':
        return structMethods((value, path) => MessageClass.of('google.protobuf.Value').create(toJson(value, path)));
      case 'google.protobuf.Timestamp':
        return timestampMethods;
      case 'google.protobuf.Duration':
        return durationMethods;
      default:
        return {};
    }
  }
}

function accessor(field: Field): PropertyDescriptor {
  return {
    get(this: object): unknown {
      return Message.read(this, field);
    },
    set(this: object, value: unknown): void {
      Message.write(this, field, value);
    },
    enumerable: true,
    configurable: true,
  };
}
