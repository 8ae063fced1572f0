import { type Field, messageType } from './descriptor';
import { enumType } from './enum-type';
import { shortestFloat } from './python-float';

/** How a message becomes JSON, by the names that Python has for it. */
export interface JsonOptions {
  /** `user_app_id` in place of `userAppId`. @default false */
  readonly preserving_proto_field_name?: boolean | undefined;
  /** Numbers in place of the names of enum values. @default false */
  readonly use_integers_for_enums?: boolean | undefined;
  /** Also scalars, lists and maps that are not set; `including_default_value_fields` before protobuf 5. @default false */
  readonly always_print_fields_with_no_presence?: boolean | undefined;
  /** As `always_print_fields_with_no_presence`, by its old name. @default false */
  readonly including_default_value_fields?: boolean | undefined;
}

export const jsonOptionNames: readonly (keyof JsonOptions)[] = [
  'preserving_proto_field_name',
  'use_integers_for_enums',
  'always_print_fields_with_no_presence',
  'including_default_value_fields',
];

/** What is asked of a message to turn it into JSON. */
interface Described {
  readonly DESCRIPTOR: { readonly full_name: string };
  ListFields(): readonly (readonly [Field, unknown])[];
  WhichOneof(name: string): string | null;
}

/** A message as JSON by protobuf's rules: 64-bit numbers are strings, bytes base64, enum values names, NaN a string. */
export function messageToDict(
  message: Described,
  options: JsonOptions = {},
  // JSON has numbers only; MessageToJson writes `1.0` for what Python has as a float.
  float: (value: number) => unknown = (value) => value,
): unknown {
  return new ToDict(options, float).message(message);
}

class ToDict {
  readonly #options: JsonOptions;
  readonly #float: (value: number) => unknown;

  constructor(options: JsonOptions, float: (value: number) => unknown) {
    this.#options = options;
    this.#float = float;
  }

  message(message: Described): unknown {
    switch (message.DESCRIPTOR.full_name) {
      case 'google.protobuf.Timestamp':
      case 'google.protobuf.Duration':
        return (message as Described & { ToJsonString(): string }).ToJsonString();
      case 'google.protobuf.Struct':
        return this.#member(message, 'fields');
      case 'google.protobuf.ListValue':
        return this.#member(message, 'values');
      case 'google.protobuf.Value':
        return this.#member(message, message.WhichOneof('kind') ?? 'null_value');
      case 'google.protobuf.BoolValue':
      case 'google.protobuf.Int32Value':
      case 'google.protobuf.UInt64Value':
        return this.#member(message, 'value');
      default:
        return this.#object(message);
    }
  }

  #object(message: Described): unknown {
    const entries = message
      .ListFields()
      .map(([field, value]) => [this.#name(field), this.#field(field, value)] as const);
    const set = Object.fromEntries(entries);
    const { always_print_fields_with_no_presence: always, including_default_value_fields: including } = this.#options;
    if (always !== true && including !== true) return set;
    const unset = messageType(message.DESCRIPTOR.full_name)
      .fields.filter((field) => field.oneof === '' && (field.kind !== 'message' || field.cardinality !== ''))
      .filter((field) => !(this.#name(field) in set));
    const value = (field: Field): unknown => Reflect.get(message, field.name);
    return {
      ...set,
      ...Object.fromEntries(unset.map((field) => [this.#name(field), this.#field(field, value(field))])),
    };
  }

  #name({ name, jsName }: Field): string {
    return this.#options.preserving_proto_field_name === true ? name : jsName;
  }

  #member(message: Described, name: string): unknown {
    const field = messageType(message.DESCRIPTOR.full_name).byName.get(name);
    return field === undefined ? null : this.#field(field, Reflect.get(message, name));
  }

  #field(field: Field, value: unknown): unknown {
    const { kind, cardinality } = field;
    const one = (item: unknown): unknown =>
      kind === 'message' ? this.message(item as Described) : this.#scalar(field, item);
    if (cardinality === 'repeated') return (value as readonly unknown[]).map(one);
    if (cardinality === '') return one(value);
    return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, one(item)]));
  }

  #scalar({ kind, type }: Field, value: unknown): unknown {
    switch (kind) {
      case 'int64':
      case 'uint64':
        return String(value);
      case 'bytes':
        return Buffer.from(value as Uint8Array).toString('base64');
      case 'float':
      case 'double': {
        const number = value as number;
        // `NaN`, `Infinity` and `-Infinity` are what JSON has for these.
        if (!Number.isFinite(number)) return String(number);
        return this.#float(kind === 'float' ? shortestFloat(number) : number);
      }
      case 'enum':
        if (type === 'google.protobuf.NullValue') return null;
        return this.#options.use_integers_for_enums === true ? value : enumType(type).show(value as number);
      default:
        return value;
    }
  }
}
