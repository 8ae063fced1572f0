import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { importRpc } from '../proto/names';
import type { Expression } from '../syntax/ast';
import { bytes, float, json, none, string, unknown } from '../type';
import { at, definite, level, type Value, value } from '../value';
import { type Arguments, callArguments } from './arguments';
import { only, required, type Translate } from './builtins';
import { braces, itemsFrom } from './brackets';
import { nodeFunctions } from './node-functions';
import { plainMessage } from './shown';
import { milliseconds } from './stub-call';

/** Functions of modules that snippets import. */
export const moduleFunctions: Readonly<Record<string, Translate>> = {
  'service_pb2_grpc.V2Stub': ({ positional: [channel] }, context) => {
    const type = channel === undefined ? unknown : context.expression(channel).type;
    const options = type.kind === 'channel' && type.base !== undefined ? `{ base: ${type.base} }` : '';
    return value(`new ${importRpc(context.imports, 'V2Stub')}(${options})`, { kind: 'stub' }, level.member);
  },
  'ClarifaiChannel.get_grpc_channel': (args, context) => channel(args, context),
  'ClarifaiChannel.get_aio_grpc_channel': (args, context) => channel(args, context),
  'ClarifaiChannel.get_aio_insecure_grpc_channel': (args, context) => channel(args, context),
  'ClarifaiChannel.get_json_channel': (args, context) => channel(args, context),
  'ClarifaiChannel.get_insecure_grpc_channel': (args, context) => channel(args, context),
  'json_format.MessageToDict': (args, context) => {
    const called = ofPython('MessageToDict', args, context);
    return value([called, ' as Record<string, any>'], json, level.relational);
  },
  'json_format.MessageToJson': (args, context) => value(ofPython('MessageToJson', args, context), string, level.member),
  'json_format.ParseDict': ({ positional: [dict, target], node }, context) => {
    const { type } = context.expression(required(target, node.from));
    return context.expression(required(dict, node.from), type);
  },
  'os.getenv': environmentVariable,
  'os.environ.get': environmentVariable,
  ...nodeFunctions,
  'os.path.join': ({ positional }, context) => {
    const parts = positional.map((given) => definite(context.expression(given)).doc);
    return value([context.imports.value('node:path', 'join'), callArguments(parts)], string, level.member);
  },
  'os.path.basename': (args, context) =>
    value([context.imports.value('node:path', 'basename'), '(', only(args, context).doc, ')'], string, level.member),
  'json.dumps': (args, context) => value(ofPython('dumps', args, context), string, level.member),
  'json.load': ({ positional: [file], node }, context) => {
    const { doc, type } = context.expression(required(file, node.from));
    if (type.kind !== 'file') throw new Untranslatable('json.load takes a file', node.from);
    const read = context.imports.value('node:fs', 'readFileSync');
    return value(['JSON.parse(', read, '(', doc, ", 'utf8'))"], unknown, level.member);
  },
  'json.loads': (args, context) => value(['JSON.parse(', only(args, context).doc, ')'], unknown, level.member),
  'time.sleep': (args, context) => sleep(args, context),
  'asyncio.sleep': (args, context) => sleep(args, context),
  'time.time': () => value(['Date.now() / 1000'], float, level.multiplicative),
  'base64.b64encode': (args, context) =>
    value(['Buffer.from(', only(args, context).doc, ").toString('base64')"], string, level.member),
  'base64.b64decode': (args, context) =>
    value(['Buffer.from(', only(args, context).doc, ", 'base64')"], bytes, level.member),
  'sys.exit': ({ positional: [status] }, context) =>
    value(['process.exit(', status === undefined ? '' : context.expression(status).doc, ')'], none, level.member),
  'uuid.uuid4': (_, context) => value([context.imports.value('node:crypto', 'randomUUID'), '()'], string, level.member),
  'pprint.pprint': (args, context) => value(['console.log(', only(args, context).doc, ')'], none, level.member),
};

/** A function of `clarifai-grpc/python`, of a message or another value and of options by name. */
function ofPython(name: string, { positional: [first], named, node }: Arguments, context: Context): Doc {
  const one = definite(context.expression(required(first ?? named.get('message'), node.from)));
  const { type } = one;
  const isStruct = type.kind === 'json' && type.struct === true;
  const message = type.kind === 'message' ? type.name : isStruct ? 'google.protobuf.Struct' : undefined;
  const isPlain = context.style === 'idiomatic' && message !== undefined;
  const given = isPlain ? plainMessage(one, message, context) : one;
  const options = [...named].filter(([key]) => key !== 'message');
  const docs = options.map(([key, option]): Doc => [key, ': ', optionDoc(option, context)]);
  const args = [given.doc, ...(docs.length === 0 ? [] : [braces(itemsFrom(docs))])];
  return [context.imports.value('clarifai-grpc/python', name), callArguments(args)];
}

/** `indent=None` is `null` here: undefined would be the default. */
function optionDoc(option: Expression, context: Context): Doc {
  return option.kind === 'constant' && option.value === null ? 'null' : context.expression(option).doc;
}

function sleep({ positional: [seconds], node }: Arguments, context: Context): Value {
  const name = context.imports.value('node:timers/promises', 'setTimeout');
  return value(['await ', name, '(', milliseconds(required(seconds, node.from), context), ')'], none, level.unary);
}

/** Channels are the stub's own affair; only where one leads is kept. */
function channel({ named, positional: [first] }: Arguments, context: Context): Value {
  const base = named.get('base') ?? first;
  if (base === undefined) return value('undefined', { kind: 'channel', base: undefined });
  const { doc } = context.expression(base);
  if (typeof doc !== 'string')
    throw new Untranslatable('The base of a channel needs to be a name or a text', base.from);
  return value('undefined', { kind: 'channel', base: doc });
}

function environmentVariable({ positional: [name, fallback], node }: Arguments, context: Context): Value {
  const given = required(name, node.from);
  if (given.kind !== 'string') throw new Untranslatable('A variable of the environment needs its name', given.from);
  const read = value(`process.env.${given.value}`, string, level.member, fallback === undefined);
  if (fallback === undefined) return read;
  return value([read.doc, ' ?? ', at(level.equality, context.expression(fallback))], string, level.nullish);
}
