import type { Context } from '../context';
import type { Imports } from '../imports';
import { Untranslatable } from '../problem';
import { memberOf, moduleNamed } from '../proto/modules';
import { exportedName, importRpc } from '../proto/names';
import { enumValues, fieldOf, shortName, suggestion, unknownField } from '../proto/schema';
import { toCamelCase } from '../scope';
import type { ExpressionOf } from '../syntax/ast';
import { type Type, unknown } from '../type';
import { level, member, type Value, value } from '../value';

/** `a.b`: a field, an enum's value, or something of a module. */
export function attribute(node: ExpressionOf<'attribute'>, context: Context): Value {
  const object = ownerOf(node, context);
  const { name, from } = node;
  switch (object.type.kind) {
    case 'module':
    case 'messageClass':
      return entity(memberOf(object.type, name), name, context, from);
    case 'enumClass':
      return enumMember(object.type.name, name, context.imports, from);
    case 'message':
      return fieldRead(object, object.type, name, from);
    case 'builtin':
      return value(object.doc, { kind: 'builtin', name: `${object.type.name}.${name}` });
    case 'unknown':
    case 'error':
      return value(member(object, toCamelCase(name)), unknown, level.member);
    case 'json':
      throw new Untranslatable(`A Struct has no \`${name}\`; its values are read with ["key"]`, from);
    case 'scalar':
    case 'enum':
    case 'list':
    case 'map':
    case 'stream':
    case 'metadata':
    case 'stub':
    case 'channel':
    case 'package':
    case 'pair':
    case 'given':
    case 'none':
    case 'file':
    case 'function':
      throw new Untranslatable(`\`${context.source.of(node)}\` has no translation`, from);
  }
}

export function fieldRead(object: Value, type: Type & { kind: 'message' }, name: string, from: number): Value {
  const field = fieldOf(type.name, name, type.partial);
  if (field === undefined) throw new Untranslatable(unknownField(type.name, name), from);
  return value(member(object, field.jsName), field.type, level.member, object.optional || field.optional);
}

/** `StatusCode.SUCCESS`. */
export function enumMember(name: string, member: string, imports: Imports, from: number): Value {
  const values = enumValues(name);
  const number = values?.get(member);
  if (number === undefined) {
    throw new Untranslatable(
      `${shortName(name)} has no \`${member}\`${suggestion(member, values?.keys() ?? [])}`,
      from,
    );
  }
  const exported = exportedName(name);
  const type: Type = { kind: 'enum', name };
  if (exported === undefined) return value(String(number), type, level.number);
  return value(`${importRpc(imports, exported)}.${member}`, type, level.member);
}

/** A name that an import or a module gives: not a value of TypeScript yet. */
export function entity(type: Type | string, name: string, context: Context, from: number): Value {
  if (typeof type === 'string') throw new Untranslatable(type, from);
  return type.kind === 'enum' ? enumMember(type.name, name, context.imports, from) : value(name, type);
}

/** The value before the dot; `import a.b.c_pb2` makes modules reachable by their path. */
function ownerOf({ object }: ExpressionOf<'attribute'>, context: Context): Value {
  if (object.kind === 'attribute' || object.kind === 'name') {
    const path = context.source.of(object);
    const module = /^[\w.]+$/.test(path) && path.includes('.') ? moduleNamed(path) : undefined;
    const [root = ''] = path.split('.');
    if (module !== undefined && context.scope.lookup(root)?.type.kind === 'package') {
      return value(path, { kind: 'module', name: module });
    }
  }
  return context.expression(object);
}
