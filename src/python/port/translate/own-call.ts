import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { suggestion } from '../proto/schema';
import type { ExpressionOf } from '../syntax/ast';
import { none, type Type, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { argumentsOf, callArguments } from './arguments';

/** A call of a function, a method or a class that the snippet defines. */
export function ownCall(target: Value, node: ExpressionOf<'call'>, context: Context): Value {
  const { type } = target;
  if (type.kind !== 'function' && type.kind !== 'unknown') {
    throw new Untranslatable(`\`${context.source.of(node.callee)}\` cannot be called`, node.from);
  }
  const given = argumentValues(node, type, context);
  const called: Doc = [at(level.member, target), callArguments(given.map((one) => at(level.arrow, one)))];
  if (type.kind !== 'function') return value(called, unknown, level.member);
  const { result, makes } = type;
  if (makes !== undefined) return value(['new ', called], { kind: 'instance', of: makes }, level.member);
  const own =
    result.type.kind === 'oneOf' && result.type.parameter !== undefined ? given[result.type.parameter] : undefined;
  const answer = own?.type ?? result.type;
  return type.async
    ? value(['await ', called], answer, level.unary, result.optional)
    : value(called, answer, level.member, result.optional);
}

/** The arguments in the order of the parameters; what they are is noted for those. */
function argumentValues(node: ExpressionOf<'call'>, type: Type, context: Context): Value[] {
  const parameters = type.kind === 'function' ? type.parameters : [];
  const { positional, named } = argumentsOf(node);
  const given = positional.map((one) => definite(context.expression(one)));
  for (const [name, one] of named) {
    const place = parameters.indexOf(name);
    if (place < 0) {
      const callee = context.source.of(node.callee);
      throw new Untranslatable(`\`${callee}\` takes no \`${name}\`${suggestion(name, parameters)}`, one.from);
    }
    while (given.length < place) given.push(value('undefined', unknown));
    given[place] = definite(context.expression(one));
  }
  if (type.kind !== 'function') return given;
  for (const [index, one] of given.entries()) {
    if (one.doc === 'undefined') continue;
    context.knowledge.note(`parameter:${type.key}.${index}`, one.type);
    if (one.optional) context.knowledge.note(`unset:${type.key}.${index}`, none);
  }
  return given;
}
