import type { Context } from '../context';
import { type Doc, group, indent, line, softline, trailingComma } from '../print/doc';
import { Untranslatable } from '../problem';
import { methodOf, unknownMethod } from '../proto/schema';
import type { Expression, ExpressionOf } from '../syntax/ast';
import { type Type, unknown } from '../type';
import { at, level, type Value, value } from '../value';
import { type Arguments, argumentsOf } from './arguments';
import { braces, itemsFrom } from './brackets';

/** `stub.PostInputs(request, metadata=metadata)`: a promise, awaited, or a stream. */
export function stubCall(
  stub: Value,
  { name, from }: ExpressionOf<'attribute'>,
  args: Arguments,
  context: Context,
): Value {
  const traits = methodOf(name);
  if (traits === undefined) throw new Untranslatable(unknownMethod(name), from);
  const [kind, request, response] = traits;
  const given = args.positional[0] ?? args.named.get('request') ?? args.named.get('request_iterator');
  if (given === undefined) throw new Untranslatable(`${name} takes a request`, from);
  const one: Type = { kind: 'message', name: request, partial: true };
  const sent = at(level.arrow, context.expression(given, kind === 'bidi' ? { kind: 'list', of: one } : one));
  const options = optionsOf(args, context);
  const doc: Doc = [at(level.member, stub), '.', name, callWith(sent, options)];
  const answer: Type = { kind: 'message', name: response, partial: false };
  return kind === 'unary'
    ? value(['await ', doc], answer, level.unary)
    : value(doc, { kind: 'stream', of: answer }, level.member);
}

/** `stub.PostInputs.future(request)` and `stub.PostInputs.with_call(request)`. */
export function stubVariant(
  { object: method, name }: ExpressionOf<'attribute'>,
  node: ExpressionOf<'call'>,
  context: Context,
): Value | undefined {
  if (method.kind !== 'attribute' || !/^(future|with_call)$/.test(name) || methodOf(method.name)?.[0] !== 'unary')
    return undefined;
  const stub = context.expression(method.object);
  if (stub.type.kind !== 'stub') return undefined;
  const call = stubCall(stub, method, argumentsOf(node), context);
  const [, doc] = call.doc as readonly [string, readonly Doc[]];
  const [receiver, dot, rpc, args] = doc as readonly [Doc, Doc, Doc, Doc];
  const own = context.style === 'python' ? [receiver, dot, rpc, `.${name}`, args] : doc;
  if (name === 'future') return value(own, { kind: 'future', of: call.type }, level.member);
  const type: Type = { kind: 'pair', of: [call.type, unknown] };
  // Here nothing is known of the call beyond the answer.
  return context.style === 'python'
    ? value(['await ', own], type, level.unary)
    : value(['[await ', doc, ', undefined] as const'], type, level.relational);
}

function callWith(sent: Doc, options: readonly Doc[]): Doc {
  if (options.length === 0) return ['(', sent, ')'];
  return group('(', indent(softline, sent, ',', line, braces(itemsFrom(options)), trailingComma), softline, ')');
}

function optionsOf({ named, positional }: Arguments, context: Context): Doc[] {
  const options: Doc[] = [];
  for (const [name, given] of named) {
    if (name === 'request' || name === 'request_iterator') continue;
    if (name === 'metadata') options.push(...metadataOption(given, context));
    else if (name === 'timeout') options.push(timeoutOption(given, context));
    else if (name !== 'wait_for_ready' && name !== 'compression')
      // Those two change nothing of what is sent or answered.
      throw new Untranslatable(`The option \`${name}\` of a call has no translation`, given.from);
  }
  const [, more] = positional;
  if (more !== undefined) options.push(timeoutOption(more, context));
  return options;
}

/** Python counts in seconds. */
function timeoutOption(given: Expression, context: Context): Doc {
  if (context.style === 'python') return ['timeout: ', context.expression(given).doc];
  return ['timeoutMs: ', milliseconds(given, context)];
}

/** Without metadata of its own a call carries the stub's credential. */
function metadataOption(given: Expression, context: Context): Doc[] {
  const one = context.expression(given);
  if (one.type.kind === 'given') return [];
  return [one.doc === 'metadata' ? 'metadata' : ['metadata: ', one.doc]];
}

export function milliseconds(seconds: Expression, context: Context): Doc {
  if (seconds.kind === 'number') return String(Number(seconds.text.replaceAll('_', '')) * 1000);
  return [at(level.multiplicative, context.expression(seconds)), ' * 1000'];
}
