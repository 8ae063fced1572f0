import { Message } from './message';

/** What the methods of a Struct see of it. */
interface StructFields {
  readonly fields: Record<string, ValueFields>;
}

interface ValueFields {
  WhichOneof(
    name: 'kind',
  ): 'null_value' | 'list_value' | Exclude<keyof ValueFields, 'WhichOneof' | 'list_value'> | null;
  readonly number_value: number;
  readonly string_value: string;
  readonly bool_value: boolean;
  readonly struct_value: object;
  readonly list_value: { readonly values: readonly ValueFields[] };
}

/** The methods of a Struct that other messages do not have; `toValue` makes a Value of anything that is JSON. */
export function structMethods(toValue: (value: unknown, path: string) => object): ThisType<StructFields> & object {
  return {
    update(entries: object): void {
      for (const [key, value] of Object.entries(entries)) {
        this.fields[key] = toValue(value, `Struct.${key}`) as ValueFields;
      }
      (this as unknown as Message).SetInParent();
    },
    get(key: string): unknown {
      return Object.hasOwn(this.fields, key) ? inPython(this.fields[key]) : undefined;
    },
    keys(): string[] {
      return Object.keys(this.fields);
    },
    values(): unknown[] {
      return Object.values(this.fields).map(inPython);
    },
    items(): [string, unknown][] {
      return Object.entries(this.fields).map(([key, value]) => [key, inPython(value)]);
    },
  };
}

/** A Struct whose entries are read and written as properties, where they are not named as a method is. */
export function structProxy(message: Message): object {
  const struct = message as unknown as StructFields & { update(entries: object): void; get(key: string): unknown };
  const proxy: object = new Proxy<object>(struct, {
    get: (target, key) => {
      if (typeof key === 'string' && !(key in target)) return struct.get(key);
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(target) : member;
    },
    set: (target, key, value: unknown) => {
      if (typeof key !== 'string' || key in target) return Reflect.set(target, key, value, target);
      struct.update({ [key]: value });
      return true;
    },
    has: (target, key) => key in target || Object.hasOwn(struct.fields, key),
    deleteProperty: (_target, key) => Reflect.deleteProperty(struct.fields, key),
    ownKeys: () => Reflect.ownKeys(struct.fields),
    getOwnPropertyDescriptor: (_target, key) => {
      if (typeof key !== 'string' || !Object.hasOwn(struct.fields, key)) return undefined;
      return { value: struct.get(key), writable: true, enumerable: true, configurable: true };
    },
  });
  Message.standFor(proxy, message);
  return proxy;
}

function inPython(value: ValueFields | undefined): unknown {
  const kind = value?.WhichOneof('kind') ?? 'null_value';
  if (value === undefined || kind === 'null_value') return null;
  return kind === 'list_value' ? value.list_value.values.map(inPython) : value[kind];
}
