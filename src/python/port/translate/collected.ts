import type { Context } from '../context';
import { braced } from '../print/braced';
import { type Doc, hardline } from '../print/doc';
import { methodOf } from '../proto/schema';
import type { Expression } from '../syntax/ast';
import { listOf, type Type } from '../type';
import { type Value, value } from '../value';

/** All that a stream gives, as a list that a loop before the statement fills. */
export function collected(stream: Doc, of: Type, list: string, { before, scope }: Context): Value {
  const message = scope.temporary('message');
  const loop: Doc = [`for await (const ${message} of `, stream, ') ', braced(`${list}.push(${message});`)];
  before.push(`const ${list} = [];`, hardline, loop, hardline);
  return value(list, listOf(of));
}

/** `list(stub.GenerateModelOutputs(...))`: what is in the brackets. */
export function streamInList(node: Expression): Expression | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== 'list') return undefined;
  const stream = node.args.items[0]?.value.value;
  if (stream?.kind !== 'call' || stream.callee.kind !== 'attribute') return undefined;
  const kind = methodOf(stream.callee.name)?.[0];
  return kind === undefined || kind === 'unary' ? undefined : stream;
}
