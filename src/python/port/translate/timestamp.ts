import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import { number, string, type Type, unknown } from '../type';
import { at, definite, level, member, type Value, value } from '../value';
import type { Arguments } from './arguments';
import { required } from './builtins';
import { plainMessage } from './shown';

/** Methods of a Timestamp: in the idiomatic style it is `{ seconds, nanos }`, and Date does what Python's methods do. */
export function timestampMethod(
  object: Value,
  name: string,
  { positional: [given], node }: Arguments,
  context: Context,
): Value | undefined {
  const seconds: Doc = ['Number(', member(object, 'seconds'), ')'];
  const type: Type = { kind: 'message', name: 'google.protobuf.Timestamp', partial: true };
  const set = (at: Doc): Value => value([object.doc, ' = ', at], type, level.arrow);
  const argument = (): Value => definite(context.expression(required(given, node.from)));
  switch (name) {
    case 'ToJsonString':
      return value(
        ['String(', plainMessage(object, 'google.protobuf.Timestamp', context).doc, '.toJSON())'],
        string,
        level.member,
      );
    case 'ToSeconds':
      return value(seconds, number, level.member);
    case 'ToMilliseconds':
      return value([seconds, ' * 1000'], number, level.multiplicative);
    case 'ToDatetime':
      return value(['new Date(', seconds, ' * 1000)'], unknown, level.member);
    case 'GetCurrentTime':
      return set('{ seconds: Math.floor(Date.now() / 1000), nanos: (Date.now() % 1000) * 1_000_000 }');
    case 'FromSeconds':
      return set(['{ seconds: ', argument().doc, ', nanos: 0 }']);
    case 'FromMilliseconds':
      return set([
        '{ seconds: Math.floor(',
        at(level.multiplicative, argument()),
        ' / 1000), nanos: (',
        at(level.multiplicative, argument()),
        ' % 1000) * 1_000_000 }',
      ]);
    case 'FromJsonString':
      return set([
        '{ seconds: Math.floor(Date.parse(',
        argument().doc,
        ') / 1000), nanos: (Date.parse(',
        argument().doc,
        ') % 1000) * 1_000_000 }',
      ]);
    case 'FromDatetime':
      return set(['{ seconds: Math.floor(', at(level.member, argument()), '.getTime() / 1000), nanos: 0 }']);
    default:
      return undefined;
  }
}

/** `message.WhichOneof("kind")`: the name of the one that is set. */
export function whichOneof(fields: readonly { readonly name: string; readonly doc: Doc }[], from: number): Value {
  if (fields.length === 0) throw new Untranslatable('There is no oneof of that name', from);
  const tests = fields.map(({ name, doc }): Doc => [doc, ` !== undefined ? '${name}' : `]);
  return value([tests, 'undefined'], string, level.conditional, false);
}
