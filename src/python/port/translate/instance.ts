import type { Context } from '../context';
import { unknown } from '../type';
import { level, member, type Value, value } from '../value';

/** A field or a method of an object that the snippet's own class made. */
export function instanceMember(object: Value, of: string, name: string, { knowledge, scope }: Context): Value {
  const key = `${of}.${name}`;
  const known = knowledge.get(`method:${key}`) ?? knowledge.get(`field:${key}`) ?? unknown;
  const type =
    known.kind === 'function'
      ? { ...known, result: { ...known.result, type: knowledge.get(`result:${key}`) ?? unknown } }
      : known;
  const isStatic = type.kind === 'function' && type.isStatic === true;
  const doc = isStatic ? `${of}.${scope.spelling(name)}` : member(object, scope.spelling(name));
  if (type.kind === 'function' && type.getter === true) {
    const called = type.async
      ? value(['await ', doc, '()'], type.result.type, level.unary)
      : value(doc, type.result.type, level.member);
    return called;
  }
  // Where a channel leads is known already; it has no value of its own.
  return type.kind === 'channel' && type.base === undefined ? value('undefined', type) : value(doc, type, level.member);
}
