import type { Context } from '../context';
import { Untranslatable } from '../problem';
import { membersOfOneof } from '../proto/schema';
import type { ExpressionOf } from '../syntax/ast';
import { bytes, number, string, type Type, unknown } from '../type';
import { definite, level, method, type Value, value } from '../value';
import { argumentsOf } from './arguments';
import { fieldRead } from './attribute';
import { timestampMethod, whichOneof } from './timestamp';

const results: Readonly<Record<string, Type>> = {
  WhichOneof: string,
  SerializeToString: bytes,
  ByteSize: number,
  ToJsonString: string,
  ToSeconds: number,
  ToMilliseconds: number,
};

const ofMessages =
  /^(WhichOneof|SerializeToString|ByteSize|ListFields|Clear|ClearField|SetInParent|(To|From)[A-Z]\w+|GetCurrentTime)$/;

/** Methods that every message has, and those of a Timestamp; `clarifai-grpc/python` has them all. */
export function messageMethod(
  object: Value,
  type: Type & { readonly kind: 'message' },
  name: string,
  node: ExpressionOf<'call'>,
  context: Context,
): Value | undefined {
  if (!ofMessages.test(name)) return undefined;
  const args = argumentsOf(node);
  if (context.style === 'python') {
    const docs = args.positional.map((given) => definite(context.expression(given)).doc);
    return value(method(object, name, docs), results[name] ?? unknown, level.member);
  }
  const [given] = args.positional;
  if (name === 'WhichOneof' && given?.kind === 'string') {
    const fields = membersOfOneof(type.name, given.value).map((field) => ({
      name: field,
      doc: fieldRead(object, type, { name: field, from: node.from }, context).doc,
    }));
    return whichOneof(fields, node.from);
  }
  const ofTime = type.name === 'google.protobuf.Timestamp' ? timestampMethod(object, name, args, context) : undefined;
  if (ofTime !== undefined) return ofTime;
  throw new Untranslatable(`\`.${name}()\` of a message has a translation in the python style only`, node.from);
}
