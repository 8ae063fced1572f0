import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { fieldOf } from '../proto/schema';
import type { ExpressionOf } from '../syntax/ast';
import { rootOf } from '../syntax/walk';
import type { Type } from '../type';
import { at, level } from '../value';
import { callArguments } from './arguments';
import { braces, itemsFrom, squareBrackets } from './brackets';
import { construct } from './message';
import { changedAt, stepsOf } from './message-path';

/** Messages of `clarifai-grpc/python` have the methods that Python's have. */
function changeInPlace({ callee, args }: ExpressionOf<'call'>, context: Context): Doc | undefined {
  if (callee.kind !== 'attribute') return undefined;
  const { doc, type } = context.expression(callee.object);
  const element: Type | undefined = type.kind === 'list' ? type.of : undefined;
  const positional = args.items.filter(({ value: { name } }) => name === undefined);
  const of = callee.name === 'append' ? element : callee.name === 'extend' ? type : undefined;
  const docs = positional.map(({ value: { value } }) => at(level.arrow, context.expression(value, of)));
  const named = args.items.filter(({ value: { name } }) => name !== undefined);
  const fields = named.map(({ value: { name = '', value } }): Doc => [name, ': ', context.expression(value).doc]);
  const all = fields.length === 0 ? docs : [...docs, braces(itemsFrom(fields))];
  return [doc, '.', callee.name, callArguments(all), ';'];
}

/** `x.inputs.append(...)`, `x.data.CopyFrom(...)` and their like, on a message that the snippet made. */
export function changeMessage(node: ExpressionOf<'call'>, context: Context): Doc | undefined {
  const { callee, args } = node;
  if (callee.kind !== 'attribute') return undefined;
  const { object, name } = callee;
  const root = rootOf(object);
  const type = root === undefined ? undefined : context.scope.lookup(root)?.type;
  if (type?.kind !== 'message' || !type.partial) return undefined;
  if (context.style === 'python') return changeInPlace(node, context);
  const given = args.items[0]?.value.value;
  if (object.kind === 'name') {
    if (name !== 'CopyFrom' || given === undefined) return undefined;
    return [context.expression(object).doc, ' = ', context.expression(given, type).doc, ';'];
  }
  if (object.kind !== 'attribute') return undefined;
  const owner = stepsOf(object.object, context);
  const field = fieldOf(owner.message, object.name);
  if (field === undefined) return undefined;
  const element: Type | undefined = field.type.kind === 'list' ? field.type.of : undefined;
  const appended =
    (added: Doc) =>
    (current: Doc): Doc =>
      squareBrackets(itemsFrom([['...(', current, ' ?? [])'], added]));
  if (name === 'add' && element?.kind === 'message') {
    return changedAt(owner, field, appended(construct(element.name, node, context, '').doc));
  }
  if (given === undefined) return undefined;
  const doc = at(level.arrow, context.expression(given, name === 'append' ? element : field.type));
  if (name === 'append') return changedAt(owner, field, appended(doc));
  if (name === 'extend') return changedAt(owner, field, appended(['...', doc]));
  if (name === 'CopyFrom') return changedAt(owner, field, () => doc);
  if (name === 'MergeFrom') return changedAt(owner, field, (current) => ['{ ...', current, ', ...', doc, ' }']);
  if (name === 'update' && field.type.kind === 'json') {
    return changedAt(owner, field, (current) => ['{ ...', current, ', ...', doc, ' }']);
  }
  throw new Untranslatable(`\`.${name}()\` of a message has no translation`, node.from);
}
