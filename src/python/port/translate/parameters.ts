import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { typeText } from '../proto/names';
import { fieldOf } from '../proto/schema';
import type { Scope } from '../scope';
import type { Block, Expression, Parameter } from '../syntax/ast';
import { expressionsIn, headOf, statementsIn } from '../syntax/walk';
import { listOf, type Type, unknown } from '../type';
import { at, level } from '../value';
import { annotatedType } from './annotation';

export interface ParameterList {
  readonly docs: readonly Doc[];
  /** `<Answer extends A | B>`, when the function gives back what it takes. */
  readonly generic: string;
}

/** Binds the parameters of a function, and writes them with their types. */
export function parameterList(
  parameters: readonly Parameter[],
  body: Block,
  { key, scope }: { readonly key: string; readonly scope: Scope },
  context: Context,
): ParameterList {
  let generic = '';
  const docs = parameters.map((parameter, index): Doc => {
    const { name, star, fallback } = parameter;
    if (star === '**') throw new Untranslatable('Parameters with `**` have no translation', body[0]?.from ?? 0);
    const known = parameterType(parameter, body, context.knowledge.get(`parameter:${key}.${index}`), context);
    const type: Type = star === '*' ? listOf(known) : known.kind === 'oneOf' ? { ...known, parameter: index } : known;
    const unset = context.knowledge.get(`unset:${key}.${index}`) !== undefined;
    const { text } = scope.bind(name, type, { optional: isNone(fallback) || unset });
    const text0 = typeText(type, context);
    let written = text0 === undefined ? (star === '*' ? 'any[]' : 'any') : unset ? `${text0} | undefined` : text0;
    if (type.kind === 'oneOf' && returns(body, name)) {
      const variable = generic === '' ? 'Answer' : `Answer${index}`;
      generic += `${generic === '' ? '' : ', '}${variable} extends ${written}`;
      written = variable;
    }
    if (star === '*') return ['...', text, ': ', written];
    if (fallback === undefined) return [text, ': ', written];
    if (isNone(fallback)) return [text, '?: ', written, ' | undefined'];
    const given = at(level.arrow, context.expression(fallback, type));
    const plain = fallback.kind === 'list' || fallback.kind === 'dict' || type.kind === 'unknown';
    return [text, plain ? [': ', written] : '', ' = ', given];
  });
  return { docs, generic: generic === '' ? '' : `<${generic}>` };
}

function isNone(fallback: Expression | undefined): boolean {
  return fallback?.kind === 'constant' && fallback.value === null;
}

function returns(body: Block, name: string): boolean {
  return [...statementsIn(body)].some(
    (statement) => statement.kind === 'return' && statement.value?.kind === 'name' && statement.value.name === name,
  );
}

/** From its annotation, its default, the field that it is given to, or what the function is called with. */
function parameterType(
  { name, annotation, fallback }: Parameter,
  body: Block,
  learnt: Type | undefined,
  context: Context,
): Type {
  const annotated = annotation === undefined ? unknown : annotatedType(annotation, context);
  if (annotated.kind !== 'unknown' && !(annotated.kind === 'list' && annotated.of.kind === 'unknown')) return annotated;
  if (fallback !== undefined && !isNone(fallback) && fallback.kind !== 'list') return context.expression(fallback).type;
  if (learnt !== undefined && learnt.kind !== 'unknown') return learnt;
  for (const statement of statementsIn(body)) {
    for (const expression of headOf(statement).flatMap((head) => [...expressionsIn(head)])) {
      const type = fieldGiven(expression, name, context);
      if (type !== undefined) return type;
    }
  }
  return name === 'stub' ? { kind: 'stub' } : annotated;
}

/** The type of the field that a message takes a parameter for. */
function fieldGiven(node: Expression, parameter: string, context: Context): Type | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'attribute' || node.callee.object.kind !== 'name') return undefined;
  const given = node.args.items.find(
    ({ value: { name, value } }) => name !== undefined && value.kind === 'name' && value.name === parameter,
  );
  const module = context.scope.lookup(node.callee.object.name)?.type.kind;
  if (given?.value.name === undefined || module !== 'module') return undefined;
  const { type } = context.expression(node.callee);
  return type.kind === 'messageClass' ? fieldOf(type.name, given.value.name)?.type : undefined;
}
