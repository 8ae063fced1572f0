import type { Context } from '../context';
import { joinedType } from '../joined-type';
import { braced } from '../print/braced';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { Scope } from '../scope';
import type { Block, StatementOf } from '../syntax/ast';
import { statementsIn } from '../syntax/walk';
import { type Result, type Type, unknown } from '../type';
import { usageOf } from '../usage';
import { parameterList } from './parameters';

/** A function of the snippet; one that waits for something is async. */
export function functionDefinition(statement: StatementOf<'def'>, context: Context): Doc {
  const { name, decorators, from } = statement;
  if (decorators.length > 0) throw new Untranslatable('a decorator has no translation', from);
  const { text } = context.scope.bind(name, functionType(statement, name, context));
  const { head, body } = functionParts(statement, name, context);
  context.scope.bind(name, functionType(statement, name, context));
  return [
    context.asyncNames.has(name) ? 'async ' : '',
    `function${isGenerator(statement.body) ? '*' : ''} ${text}`,
    head,
    ' ',
    body,
  ];
}

/** What is known of a function, under the key of its calls. */
export function functionType(
  { name, parameters, body }: Pick<StatementOf<'def'>, 'name' | 'parameters' | 'body'>,
  key: string,
  { asyncNames, knowledge }: Pick<Context, 'asyncNames' | 'knowledge'>,
): Type & { readonly kind: 'function' } {
  const result: Result = {
    type: knowledge.get(`result:${key}`) ?? unknown,
    optional: knowledge.get(`optional:${key}`) !== undefined,
  };
  const names = parameters.map((one) => one.name);
  return { kind: 'function', key, async: asyncNames.has(name) && !isGenerator(body), parameters: names, result };
}

/** `(parameters)` and the body, and notes what the function gives. */
export function functionParts(
  { parameters, body }: StatementOf<'def'>,
  key: string,
  context: Context,
  scope: Scope = new Scope(context.scope),
): { readonly head: Doc; readonly body: Doc } {
  const { docs, generic } = parameterList(parameters, body, { key, scope }, context);
  const returned: Result[] = [];
  const doc = braced(context.block(body, { scope, usage: usageOf(body), failed: [], returned }));
  const given = returned.map(({ type }) => type);
  if (given.length > 0) context.knowledge.note(`result:${key}`, given.reduce(joinedType));
  if (returned.some(({ type, optional }) => optional && type.kind === 'message'))
    context.knowledge.note(`optional:${key}`, unknown);
  const list = docs.flatMap((one, index): Doc[] => (index === 0 ? [one] : [', ', one]));
  return { head: [generic, '(', list, ')'], body: doc };
}

export function isGenerator(body: Block): boolean {
  return [...statementsIn(body)].some(
    ({ kind, ...rest }) => kind === 'expression' && 'value' in rest && rest.value?.kind === 'yield',
  );
}
