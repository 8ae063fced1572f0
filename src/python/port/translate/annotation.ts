import type { Context } from '../context';
import type { Expression } from '../syntax/ast';
import { boolean, bytes, float, json, listOf, number, string, type Type, unknown } from '../type';

const named: Readonly<Record<string, Type>> = {
  str: string,
  int: number,
  float,
  bool: boolean,
  bytes,
  dict: json,
  Dict: json,
  list: listOf(unknown),
  List: listOf(unknown),
};

/** The type that an annotation tells of: `str`, `Optional[str]`, `List[resources_pb2.Input]`. */
export function annotatedType(annotation: Expression, context: Context): Type {
  if (annotation.kind === 'name' && named[annotation.name] !== undefined) return named[annotation.name] ?? unknown;
  if (annotation.kind === 'index') return generic(annotation.object, annotation.index, context);
  if (annotation.kind === 'binary' && annotation.operator === '|') return annotatedType(annotation.left, context);
  if (annotation.kind === 'name') {
    const type = context.scope.lookup(annotation.name)?.type;
    if (type?.kind === 'function' && type.makes !== undefined) return { kind: 'instance', of: type.makes };
    return type?.kind === 'messageClass' ? { kind: 'message', name: type.name, partial: true } : unknown;
  }
  if (annotation.kind !== 'attribute') return unknown;
  const { type } = context.expression(annotation);
  return type.kind === 'messageClass' ? { kind: 'message', name: type.name, partial: true } : unknown;
}

function generic(of: Expression, inner: Expression, context: Context): Type {
  const name = of.kind === 'name' ? of.name : of.kind === 'attribute' ? of.name : '';
  if (name === 'Optional') return annotatedType(inner, context);
  if (/^(list|List|Sequence|Iterable|Iterator|Generator)$/.test(name)) return listOf(annotatedType(inner, context));
  return /^(dict|Dict|Mapping)$/.test(name) ? json : unknown;
}
