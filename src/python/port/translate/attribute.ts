import type { Context } from '../context';
import { Imports } from '../imports';
import { joinedType } from '../joined-type';
import { Untranslatable } from '../problem';
import { memberOf, moduleNamed } from '../proto/modules';
import { exportedName, importRpc } from '../proto/names';
import { isEntity, isExported, pythonEntity, pythonPath } from '../proto/python-entity';
import { enumValues, fieldOf, shortName, suggestion, unknownField } from '../proto/schema';
import { toCamelCase } from '../scope';
import type { ExpressionOf } from '../syntax/ast';
import { number, string, type Type, unknown } from '../type';
import { instanceMember } from './instance';
import { moduleValues } from './module-values';
import { level, member, type Value, value } from '../value';

/** `a.b`: a field, an enum's value, or something of a module. */
export function attribute(node: ExpressionOf<'attribute'>, context: Context): Value {
  const object = ownerOf(node, context);
  const { name, from } = node;
  switch (object.type.kind) {
    case 'module':
    case 'messageClass':
      if (object.type.kind === 'module' && moduleValues[`${object.type.name}.${name}`] !== undefined)
        return moduleValues[`${object.type.name}.${name}`] ?? object;
      return entity(memberOf(object.type, name), pathOf(object, name), context, from);
    case 'enumClass':
      if (context.style === 'python') enumMember(object.type.name, name, new Imports(), from);
      if (context.style === 'python')
        return pythonEntity(pathOf(object, name), { kind: 'enum', name: object.type.name }, context);
      return enumMember(object.type.name, name, context.imports, from);
    case 'message':
      return fieldRead(object, object.type, node, context);
    case 'oneOf':
      return fieldOfEither(object, object.type.of, node, context);
    case 'instance':
      return instanceMember(object, object.type.of, name, context);
    case 'arguments': {
      const type = object.type.of[name];
      if (type === undefined) throw new Untranslatable(`No option is called \`${name}\``, from);
      return value(member(object, context.scope.spelling(name)), type, level.member);
    }
    case 'grpcCode':
      return value([object.type.owner, '.code'], string, level.member);
    case 'builtin':
      if (object.type.name === 'grpc.StatusCode')
        return value([importRpc(context.imports, 'GrpcCode'), '.', name], number, level.member);
      return value(pathOf(object, name), { kind: 'builtin', name: `${object.type.name}.${name}` }, level.member);
    case 'unknown':
      if (context.style === 'python') return value(member(object, name), unknown, level.member);
      return value(member(object, toCamelCase(name)), unknown, level.member);
    case 'error':
      return value(member(object, toCamelCase(name)), unknown, level.member);
    case 'json':
      throw new Untranslatable(`A Struct has no \`${name}\`; its values are read with ["key"]`, from);
    case 'scalar':
    case 'enum':
    case 'list':
    case 'map':
    case 'set':
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
    case 'future':
    case 'argumentParser':
      throw new Untranslatable(`\`${context.source.of(node)}\` has no translation`, from);
  }
}

type Read = Pick<ExpressionOf<'attribute'>, 'name' | 'from'>;

/** A field of a message: in Python's own style what is not set reads as its default. */
export function fieldRead(
  object: Value,
  type: Type & { kind: 'message' },
  { name, from }: Read,
  { style }: Context,
): Value {
  const field = fieldOf(type.name, name, type.partial);
  if (field === undefined) throw new Untranslatable(unknownField(type.name, name), from);
  const isPython = style === 'python';
  const optional = object.optional || (field.optional && !isPython);
  return value(member(object, isPython ? field.name : field.jsName), field.type, level.member, optional);
}

/** A field that each of several messages has. */
function fieldOfEither(
  object: Value,
  of: readonly (Type & { kind: 'message' })[],
  node: Read,
  context: Context,
): Value {
  const fields = of.map((type) => fieldRead(object, type, node, context));
  const [first] = fields;
  if (first === undefined) throw new Untranslatable(`\`${node.name}\` has no translation`, node.from);
  const type = fields.map((field) => field.type).reduce(joinedType);
  return { ...first, type, optional: fields.some(({ optional }) => optional) };
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

/** What a name of Python's modules stands for; `path` is what `clarifai-grpc/python` calls it. */
export function entity(type: Type | string, path: string, context: Context, from: number): Value {
  if (typeof type === 'string') throw new Untranslatable(type, from);
  if (context.style === 'python' && isEntity(type) && isExported(path)) return pythonEntity(path, type, context);
  return type.kind === 'enum'
    ? enumMember(type.name, path.slice(path.lastIndexOf('.') + 1), context.imports, from)
    : value(path, type);
}

function pathOf({ doc }: Value, name: string): string {
  return pythonPath(typeof doc === 'string' ? doc : '', name);
}

/** The value before the dot; `import a.b.c_pb2` makes modules reachable by their path. */
function ownerOf({ object }: ExpressionOf<'attribute'>, context: Context): Value {
  if (object.kind === 'attribute' || object.kind === 'name') {
    const path = context.source.of(object);
    const module = /^[\w.]+$/.test(path) && path.includes('.') ? moduleNamed(path) : undefined;
    const [root = ''] = path.split('.');
    if (module !== undefined && context.scope.lookup(root)?.type.kind === 'package') {
      return value(module, { kind: 'module', name: module });
    }
  }
  return context.expression(object);
}
