import { reflection } from '../../generated/reflection';
import type { FieldRow } from '../../generated/reflection';
import { describe } from '../base/describe';
import { nearestName } from '../base/nearest-name';
import { EncodeError, maxDepth } from '../wire/errors';
import { isMessageObject, isPlainObject } from '../wire/plain-object';
import { wrongJson, wrongScalar } from './wrong-value';

/**
 * Says which field of a request is wrong, by walking it a second time along the reflection table: encoders know no paths,
 * so that the requests that are right cost nothing.
 */
export function explainEncodeError(typeName: string, request: unknown, error: Error): string {
  const walk = new Walk();
  const found = walk.message(typeName, request, '');
  if (found !== undefined) return found;
  if (!(error instanceof EncodeError)) return error.message;
  // Left are the nesting, where the encoder also counts the messages that a Struct is made of, and an encoded message.
  return walk.depth > maxDepth / 4
    ? `Expected ${error.expected}: \`${walk.deepest}\` does not`
    : `Expected ${error.expected}, got ${describe(error.value)}`;
}

type Finding = string | undefined;

class Walk {
  /** The objects that the walk is inside of, with their paths. */
  readonly #inside = new Map<object, string>();
  #deepest = { depth: 0, path: 'request' };

  get depth(): number {
    return this.#deepest.depth;
  }

  /** Path of what is nested the most, cut to what can be read. */
  get deepest(): string {
    const { path } = this.#deepest;
    return path.length > 80 ? `${path.slice(0, 80)}…` : path;
  }

  message(typeName: string, value: unknown, path: string): Finding {
    if (!isMessageObject(value)) return expected(path, `an object (${typeName})`, value);
    return this.#within(value, path, () => {
      const fields = reflection().messages[typeName] ?? [];
      for (const [name, fieldValue] of Object.entries(value)) {
        if (fieldValue === undefined || fieldValue === null) continue;
        const field = fields.find(([, jsName]) => jsName === name);
        if (field === undefined) return unknownField(typeName, fields, name, join(path, name));
        const found = this.#field(field, fieldValue, join(path, name));
        if (found !== undefined) return found;
      }
      return severalOfOneof(fields, value, path);
    });
  }

  #field(field: FieldRow, value: unknown, path: string): Finding {
    const [, , , kind, type, cardinality] = field;
    if (cardinality === 'repeated') {
      if (!Array.isArray(value)) return expected(path, 'an array', value);
      return first(value, (item, index) => this.#single(kind, type, item, `${path}[${index}]`));
    }
    if (cardinality === 'map') {
      if (!isPlainObject(value)) return expected(path, 'a plain object', value);
      return first(Object.entries(value), ([key, item]) => this.#single(kind, type, item, join(path, key)));
    }
    return this.#single(kind, type, value, path);
  }

  #single(kind: string, type: string, value: unknown, path: string): Finding {
    if (kind !== 'message') {
      const wrong = wrongScalar(kind, value);
      return wrong === undefined ? undefined : expected(path, kind === 'enum' ? `a number of ${type}` : wrong, value);
    }
    if (type === 'google.protobuf.Struct') return this.#struct(value, path);
    if (type === 'google.protobuf.Value') return this.#json(value, path);
    if (type === 'google.protobuf.ListValue' && !Array.isArray(value)) return expected(path, 'an array', value);
    if (type === 'google.protobuf.ListValue') return this.#json(value, path);
    const wrapped = /^google\.protobuf\.(\w+)Value$/.exec(type)?.[1];
    return wrapped === undefined
      ? this.message(type, value, path)
      : this.#single(wrapped.toLowerCase(), '', value, path);
  }

  #struct(value: unknown, path: string): Finding {
    if (!isPlainObject(value)) return expected(path, 'a plain object', value);
    return this.#within(value, path, () =>
      first(Object.entries(value), ([key, item]) => this.#json(item, join(path, key))),
    );
  }

  #json(value: unknown, path: string): Finding {
    const wrong = wrongJson(value);
    if (wrong !== undefined) return expected(path, wrong, value);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Array.isArray(value)) return this.#struct(value, path);
    return this.#within(value, path, () => first(value, (item, index) => this.#json(item, `${path}[${index}]`)));
  }

  #within(value: object, path: string, walk: () => Finding): Finding {
    const above = this.#inside.get(value);
    if (above !== undefined) {
      return `Expected \`${path}\` to be free of circles, got the object that it is inside of (\`${above || 'request'}\`)`;
    }
    this.#inside.set(value, path);
    if (this.#inside.size > this.#deepest.depth) this.#deepest = { depth: this.#inside.size, path };
    // A generous bound, for the sake of the stack: the encoder has said no before.
    const found = this.#inside.size > 10 * maxDepth ? undefined : walk();
    this.#inside.delete(value);
    return found;
  }
}

function unknownField(typeName: string, fields: readonly FieldRow[], name: string, path: string): string {
  const bySnakeCase = fields.find(([protoName]) => protoName === name)?.[1];
  const names = fields.map(([, jsName]) => jsName);
  const nearest = bySnakeCase ?? nearestName(name, names);
  const hint = nearest === undefined ? `known are ${names.join(', ')}` : `did you mean \`${nearest}\`?`;
  return `Unknown field \`${path}\` of ${typeName}: ${hint}`;
}

function severalOfOneof(fields: readonly FieldRow[], message: object, path: string): Finding {
  const set = fields.filter(([, name, , , , , oneof]) => oneof !== '' && Reflect.get(message, name) != null);
  for (const [, name, , , , , oneof] of set) {
    const other = set.find((field) => field[6] === oneof && field[1] !== name);
    if (other === undefined) continue;
    return `Expected only one of \`${join(path, name)}\` and \`${join(path, other[1])}\` to be set (oneof ${oneof}), got both`;
  }
  return undefined;
}

function expected(path: string, expectation: string, value: unknown): string {
  return `Expected \`${path === '' ? 'request' : path}\` to be ${expectation}, got ${describe(value)}`;
}

function join(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

function first<Item>(items: readonly Item[], find: (item: Item, index: number) => Finding): Finding {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
