import type { Context } from '../context';
import { braced } from '../print/braced';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { typeText } from '../proto/names';
import { fieldOf } from '../proto/schema';
import { Scope } from '../scope';
import type { Block, Expression, Parameter, StatementOf } from '../syntax/ast';
import { expressionsIn, headOf, statementsIn } from '../syntax/walk';
import { boolean, bytes, json, listOf, number, type Result, string, type Type, unknown } from '../type';
import { usageOf } from '../usage';
import { at, level } from '../value';

/** A function of the snippet; one that waits for something is async. */
export function functionDefinition(statement: StatementOf<'def'>, context: Context): Doc {
  const { name, parameters, body, from } = statement;
  const isAsync = context.asyncNames.has(name);
  const scope = new Scope(context.scope);
  const docs = parameters.map(({ name: parameter, star, annotation, fallback }): Doc => {
    if (star !== '') throw new Untranslatable('Parameters with `*` have no translation', from);
    const type = parameterType({ name: parameter, star, annotation, fallback }, body, context);
    const { text } = scope.bind(parameter, type);
    if (fallback === undefined) return `${text}: ${typeText(type, context.imports)}`;
    const isNone = fallback.kind === 'constant' && fallback.value === null;
    if (isNone) return `${text}?: ${typeText(type, context.imports)}`;
    const given = at(level.arrow, context.expression(fallback, type));
    return [text, type.kind === 'unknown' ? ': any' : '', ' = ', given];
  });
  const returned: Result[] = [];
  const text = context.scope.bind(name, {
    kind: 'function',
    async: isAsync,
    parameters: parameters.map((one) => one.name),
    result: { type: unknown, optional: false },
  }).text;
  const doc = braced(context.block(body, { scope, usage: usageOf(body), failed: [], returned }));
  const result = returned.find(({ type }) => type.kind !== 'none') ?? { type: unknown, optional: false };
  context.scope.bind(name, { kind: 'function', async: isAsync, parameters: parameters.map((one) => one.name), result });
  const list = docs.flatMap((one, index): Doc[] => (index === 0 ? [one] : [', ', one]));
  const star = isGenerator(body) ? '*' : '';
  return [isAsync ? 'async ' : '', `function${star} ${text}(`, list, ') ', doc];
}

const annotated: Readonly<Record<string, Type>> = {
  str: string,
  int: number,
  float: number,
  bool: boolean,
  bytes,
  dict: json,
  list: listOf(unknown),
};

/** From its annotation, its default, or the field that it is given to. */
function parameterType({ name, annotation, fallback }: Parameter, body: Block, context: Context): Type {
  if (annotation?.kind === 'name' && annotated[annotation.name] !== undefined)
    return annotated[annotation.name] ?? unknown;
  if (annotation?.kind === 'attribute') {
    const { type } = context.expression(annotation);
    if (type.kind === 'messageClass') return { kind: 'message', name: type.name, partial: true };
  }
  if (fallback !== undefined && !(fallback.kind === 'constant' && fallback.value === null)) {
    return context.expression(fallback).type;
  }
  for (const statement of statementsIn(body)) {
    for (const expression of headOf(statement).flatMap((head) => [...expressionsIn(head)])) {
      const type = fieldGiven(expression, name, context);
      if (type !== undefined) return type;
    }
  }
  return name === 'stub' ? { kind: 'stub' } : unknown;
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

export function isGenerator(body: Block): boolean {
  return [...statementsIn(body)].some(
    ({ kind, ...rest }) => kind === 'expression' && 'value' in rest && rest.value?.kind === 'yield',
  );
}
