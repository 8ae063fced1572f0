import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { exportedName, importRpc } from '../proto/names';
import { shortName, suggestion } from '../proto/schema';
import type { ExpressionOf } from '../syntax/ast';
import { json, string, type Type } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { parsedArguments } from './argparse';
import { type Arguments, argumentsOf, callArguments } from './arguments';
import { enumMember } from './attribute';
import { braces, itemsFrom } from './brackets';
import { builtins } from './builtins';
import { construct } from './message';
import { messageMethod } from './message-method';
import { methods } from './methods';
import { moduleFunctions } from './module-functions';
import { instanceMember } from './instance';
import { ownCall } from './own-call';
import { stubCall, stubVariant } from './stub-call';

/** A call of a message's class, of the stub, of a function of Python, of a method, or of the snippet's own. */
export function call(node: ExpressionOf<'call'>, context: Context, expected: Type): Value {
  const { callee } = node;
  if (callee.kind === 'name' && context.scope.lookup(callee.name) === undefined) {
    const builtin = builtins[callee.name];
    if (builtin !== undefined) return builtin(argumentsOf(node), context, expected);
  }
  if (callee.kind === 'attribute') {
    const named = methodCall(callee, node, context, expected);
    if (named !== undefined) return named;
  }
  const target = context.expression(callee);
  if (target.type.kind === 'messageClass') return construct(target.type.name, node, context, target.doc);
  if (target.type.kind === 'builtin') {
    if (context.style === 'python' && isOfPython(target.type.name))
      return passedOn(target, target.type.name, argumentsOf(node), context);
    const known = moduleFunctions[target.type.name];
    if (known === undefined) throw new Untranslatable(`\`${target.type.name}\` has no translation`, node.from);
    return known(argumentsOf(node), context, expected);
  }
  return ownCall(target, node, context);
}

function methodCall(
  callee: ExpressionOf<'attribute'>,
  node: ExpressionOf<'call'>,
  context: Context,
  expected: Type,
): Value | undefined {
  const variant = stubVariant(callee, node, context);
  if (variant !== undefined) return variant;
  const object = context.expression(callee.object);
  const { kind } = object.type;
  if (kind === 'instance') {
    const member = instanceMember(object, object.type.of, callee.name, context);
    return member.type.kind === 'function' ? ownCall(member, node, context) : undefined;
  }
  if (object.type.kind === 'argumentParser') {
    if (callee.name !== 'parse_args')
      throw new Untranslatable(`\`.${callee.name}()\` of a parser has no translation`, node.from);
    return parsedArguments(context.optionsOf(object.type.name), node, context);
  }
  if (kind === 'stub') return stubCall(object, callee, argumentsOf(node), context);
  if (kind === 'enumClass') return enumCall(object, callee, argumentsOf(node), context);
  if (kind === 'module' || kind === 'messageClass' || kind === 'builtin' || kind === 'package') return undefined;
  const ofMessage = kind === 'message' ? messageMethod(object, object.type, callee.name, node, context) : undefined;
  if (ofMessage !== undefined) return ofMessage;
  const own = methods[callee.name];
  if (own !== undefined) return own({ ...argumentsOf(node), object, expected }, context);
  if (kind === 'unknown') return undefined;
  throw new Untranslatable(
    `\`.${callee.name}()\` has no translation${suggestion(callee.name, Object.keys(methods))}`,
    node.from,
  );
}

/** What `clarifai-grpc/python` has under the same name. */
function isOfPython(name: string): boolean {
  return /^(service_pb2_grpc|ClarifaiChannel|json_format)\./.test(name);
}

function passedOn(target: Value, name: string, { positional, named }: Arguments, context: Context): Value {
  const docs = positional.map((given) => at(level.arrow, context.expression(given)));
  const options = [...named].map(([key, given]): Doc => [key, ': ', context.expression(given).doc]);
  const all = options.length === 0 ? docs : [...docs, braces(itemsFrom(options))];
  const type: Type = name === 'service_pb2_grpc.V2Stub' ? { kind: 'stub' } : { kind: 'unknown' };
  const called: Doc = [target.doc, callArguments(all)];
  // What is in it nobody knows.
  if (name === 'json_format.MessageToDict') return value([called, ' as Record<string, any>'], json, level.relational);
  return value(called, type, level.member);
}

/** `StatusCode.Name(code)` and `StatusCode.Value("SUCCESS")`. */
function enumCall(
  { doc, type }: Value,
  { name: called, from }: ExpressionOf<'attribute'>,
  { positional }: Arguments,
  context: Context,
): Value {
  const name = type.kind === 'enumClass' ? type.name : '';
  const [given] = positional;
  if (context.style === 'python' && given !== undefined && /^(Name|Value)$/.test(called)) {
    return value([doc, '.', called, '(', definite(context.expression(given)).doc, ')'], string, level.member);
  }
  if (called === 'Value' && given?.kind === 'string') return enumMember(name, given.value, context.imports, from);
  const exported = exportedName(name);
  if (called !== 'Name' || given === undefined || exported === undefined) {
    throw new Untranslatable(`\`${shortName(name)}.${called}\` has no translation`, from);
  }
  const owner = importRpc(context.imports, exported);
  return value([owner, '[', definite(context.expression(given)).doc, ']'], string, level.member);
}
