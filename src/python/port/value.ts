import type { Doc } from './print/doc';
import { defaultOf, type Type } from './type';

/** How tightly an expression holds together, from the loosest. */
export const level = {
  arrow: 1,
  conditional: 2,
  nullish: 3,
  or: 4,
  and: 5,
  equality: 9,
  relational: 10,
  additive: 12,
  multiplicative: 13,
  power: 14,
  unary: 15,
  number: 17,
  member: 18,
  primary: 20,
} as const;

/** A translated expression. */
export interface Value {
  readonly doc: Doc;
  readonly type: Type;
  readonly level: number;
  /** It is undefined where Python reads a default. */
  readonly optional: boolean;
}

export function value(doc: Doc, type: Type, at: number = level.primary, optional = false): Value {
  return { doc, type, level: at, optional };
}

/** The text, in brackets when it holds together less than its place asks for. */
export function at(least: number, { doc, level: own }: Value): Doc {
  return own < least ? ['(', doc, ')'] : doc;
}

/** The value with Python's default where it may be undefined. A message stays as it is: its fields are read with `?.`. */
export function definite(one: Value): Value {
  const fallback = one.optional ? defaultOf(one.type) : undefined;
  if (fallback === undefined) return one;
  return value([at(level.equality, one), ' ?? ', fallback], one.type, level.nullish);
}

/** `object.name`, or `object?.name`. */
export function member(object: Value, name: string): Doc {
  return [at(level.member, object), object.optional ? '?.' : '.', name];
}

/** `object.name(arguments)`, on a value that is there. */
export function method(object: Value, name: string, args: readonly Doc[] = []): Doc {
  const parts = args.flatMap((doc, index) => (index === 0 ? [doc] : [', ', doc]));
  return [at(level.member, definite(object)), '.', name, '(', parts, ')'];
}
