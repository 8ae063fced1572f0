import type { Context } from '../context';
import type { Type } from '../type';
import { level, type Value, value } from '../value';

/** What `clarifai-grpc/python` exports without the module that Python has it in. */
const topLevel = new Set(['ClarifaiChannel', 'Struct', 'Timestamp', 'MessageToDict', 'MessageToJson', 'ParseDict']);

/** A member of one of Python's modules as `clarifai-grpc/python` names it. */
export function pythonPath(owner: string, name: string): string {
  return topLevel.has(name) ? name : `${owner}.${name}`;
}

/** A message's class, an enum or a function of Python's modules, imported under its own name. */
export function pythonEntity(path: string, type: Type, { imports }: Context): Value {
  const [root = path] = path.split('.');
  imports.value('clarifai-grpc/python', root);
  return value(path, type, level.member);
}

/** Whether `clarifai-grpc/python` has it, and not a module of Python's own. */
export function isExported(path: string): boolean {
  const [root = path] = path.split('.');
  return topLevel.has(root) || /_pb2(_grpc)?$/.test(root);
}

/** Whether a name comes from an import and not from a variable. */
export function isEntity({ kind }: Type): boolean {
  return kind === 'messageClass' || kind === 'enumClass' || kind === 'builtin' || kind === 'enum';
}
