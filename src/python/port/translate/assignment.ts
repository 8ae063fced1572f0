import type { Context } from '../context';
import { type Doc, hardline } from '../print/doc';
import { Untranslatable } from '../problem';
import { typeText } from '../proto/names';
import type { Expression, ExpressionOf, StatementOf } from '../syntax/ast';
import { namesBoundBy } from '../syntax/walk';
import { isScalar, listOf, type Type, unknown } from '../type';
import { at, definite, level, type Value } from '../value';
import { collected, streamInList } from './collected';
import { filePath } from './file-path';
import { growList } from './grown-list';
import { instanceMember } from './instance';
import { fieldNamed, fieldValue } from './message';
import { changedAt, type Steps, stepsOf } from './message-path';
import { plainNumber } from './plain-number';
import { bindTarget } from './target';

/** Types of what has no value in TypeScript: only the name is remembered. */
const withoutValue = new Set<Type['kind']>([
  'module',
  'messageClass',
  'enumClass',
  'builtin',
  'channel',
  'file',
  'package',
  'argumentParser',
]);

export function assign({ targets, value: given }: StatementOf<'assign'>, context: Context): Doc | undefined {
  if (given === undefined) return undefined;
  const docs = targets.flatMap((target) => {
    const doc = assignTo(target, given, context);
    return doc === undefined ? [] : [doc];
  });
  if (docs.length === 0) return undefined;
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [hardline, doc]));
}

function assignTo(target: Expression, given: Expression, context: Context): Doc | undefined {
  if (target.kind === 'name') return assignToName(target.name, given, context);
  if (target.kind === 'attribute') return assignToField(target, given, context);
  if (target.kind === 'index') {
    const object = context.expression(target.object);
    const place = context.expression(target);
    if (object.type.kind === 'message' && object.type.name !== 'google.protobuf.Struct')
      throw new Untranslatable('A field is set by its name', target.from);
    return [place.doc, ' = ', at(level.arrow, definite(context.expression(given, place.type))), ';'];
  }
  const { doc: whole, type } = definite(context.expression(given));
  const doc = given.kind === 'tuple' && Array.isArray(whole) ? ((whole as readonly Doc[])[0] ?? whole) : whole;
  const bound = namesBoundBy(target);
  const fresh = bound.filter((name) => !context.scope.has(name));
  const names = bindTarget(target, type, context);
  if (fresh.length === bound.length) {
    const changes = bound.some((name) => context.usage.variables.get(name)?.reassigned === true);
    return [changes ? 'let ' : 'const ', names.doc, ' = ', doc, ';'];
  }
  const declared = fresh.map((name): Doc => [`let ${context.scope.lookup(name)?.text ?? name};`, hardline]);
  return [declared, names.doc, ' = ', doc, ';'];
}

function assignToName(name: string, given: Expression, context: Context): Doc | undefined {
  const { scope, usage } = context;
  const variable = usage.variables.get(name);
  const known = scope.has(name) ? scope.lookup(name) : undefined;
  if (isParser(given)) {
    scope.bindAs(name, name, { kind: 'argumentParser', name });
    return undefined;
  }
  const streamed = known === undefined ? streamInList(given) : undefined;
  if (streamed !== undefined) return assignCollected(name, streamed, context);
  const one = definite(isMetadata(given) ? metadata(given, context) : context.expression(given, known?.type));
  if (withoutValue.has(one.type.kind)) {
    const text = one.type.kind === 'file' ? filePath(one.doc, name, context) : one.doc;
    if (typeof text !== 'string') throw new Untranslatable('This has no translation as a variable', given.from);
    scope.bindAs(name, text, one.type);
    return undefined;
  }
  const origin = one.doc === '[]' ? `list:${given.from}` : undefined;
  const type = elementTyped(one.type, variable?.appended, origin, context);
  const other = known !== undefined && known.type.kind !== 'unknown' && !sameType(known.type, type);
  const fresh = other && variable?.sequential === true;
  if (known !== undefined && !fresh) {
    const { text } = scope.bind(name, type, { optional: one.optional, origin });
    return text === one.doc ? undefined : [text, ' = ', at(level.arrow, one), ';'];
  }
  // A function's own variable does not take the place of one around it.
  const { text } = scope.bind(name, type, { optional: one.optional, fresh, origin });
  if (text === one.doc) return undefined;
  const keyword = variable?.reassigned === true ? 'let' : 'const';
  return [keyword, ' ', text, annotation(type, one, variable, context), ' = ', at(level.arrow, one), ';'];
}

function isParser(given: Expression): boolean {
  if (given.kind !== 'call') return false;
  const { callee } = given;
  return callee.kind === 'attribute'
    ? callee.name === 'ArgumentParser'
    : callee.kind === 'name' && callee.name === 'ArgumentParser';
}

/** The list that a stream fills takes the variable's name at once. */
function assignCollected(name: string, streamed: Expression, context: Context): undefined {
  const { doc, type } = context.expression(streamed);
  const of = type.kind === 'stream' ? type.of : type;
  collected(doc, of, context.scope.bind(name, listOf(of)).text, context);
}

type Variable = ReturnType<Context['usage']['variables']['get']>;

/** A type is written where what is there at first does not say enough. */
function annotation(type: Type, { doc }: Value, variable: Variable, context: Context): string {
  const written = (): string => {
    const text = typeText(type, context);
    return text === undefined ? '' : `: ${text}`;
  };
  if (context.style === 'python' && type.kind === 'message') return '';
  const changes = variable?.mutated === true || variable?.read === true;
  if (type.kind === 'message' && type.partial && (changes || variable?.reassigned === true)) return written();
  if (
    (type.kind === 'json' || type.kind === 'map') &&
    (variable?.indexed === true || (doc === '{}' && variable?.reassigned === true))
  )
    return written();
  if (type.kind === 'list' && doc === '[]') return written();
  return '';
}

/** An empty list holds what is appended to it later. */
function elementTyped(
  type: Type,
  appended: Expression | undefined,
  origin: string | undefined,
  context: Context,
): Type {
  const learnt = origin === undefined ? undefined : context.knowledge.get(origin);
  if (learnt !== undefined) return learnt;
  if (type.kind !== 'list' || type.of.kind !== 'unknown' || appended?.kind !== 'call') return type;
  try {
    const made = context.nested().expression(appended.callee);
    return made.type.kind === 'messageClass' ? listOf({ kind: 'message', name: made.type.name, partial: true }) : type;
  } catch (error) {
    if (error instanceof Untranslatable) return type;
    throw error;
  }
}

function sameType(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return a.kind === 'none' || b.kind === 'none';
  if (a.kind === 'message' && b.kind === 'message') return a.name === b.name && a.partial === b.partial;
  return a.kind === 'scalar' && b.kind === 'scalar' ? a.name === b.name : true;
}

/** `(("authorization", "Key " + PAT),)`. */
function isMetadata(node: Expression): node is ExpressionOf<'tuple' | 'list'> {
  if (node.kind !== 'tuple' && node.kind !== 'list') return false;
  const { items } = node.elements;
  return (
    items.length > 0 &&
    items.every(
      ({ value }) =>
        value.kind === 'tuple' && value.elements.items.length === 2 && value.elements.items[0]?.value.kind === 'string',
    )
  );
}

function metadata(node: Expression, context: Context): Value {
  const one = context.expression(node, listOf(unknown));
  return { ...one, doc: [one.doc, ' as const'], level: level.relational, type: { kind: 'metadata' } };
}

/** Messages are plain objects here, and Python copies them: setting a field makes a new object. */
function assignToField(target: ExpressionOf<'attribute'>, given: Expression, context: Context): Doc | undefined {
  const owner = target.object.kind === 'name' ? context.scope.lookup(target.object.name)?.type : undefined;
  if (owner?.kind === 'instance') return assignToInstance(target, owner.of, given, context);
  if (context.style === 'python') {
    const { doc, type } = context.expression(target);
    return [doc, ' = ', at(level.arrow, definite(context.expression(given, type))), ';'];
  }
  const steps: Steps = stepsOf(target.object, context);
  const field = fieldNamed(steps.message, target.name, target.from);
  const doc = fieldValue(steps.message, field, given, context);
  return changedAt(steps, field, () => doc);
}

/** `x.data.text.raw += "..."`: a new object, made with what the field held. */
function updateField(target: ExpressionOf<'attribute'>, operator: string, given: Expression, context: Context): Doc {
  const steps = stepsOf(target.object, context);
  const field = fieldNamed(steps.message, target.name, target.from);
  if (field.type.kind === 'list' && operator === '+') {
    const more = at(level.arrow, context.expression(given, field.type));
    return changedAt(steps, field, (current) => ['[...(', current, ' ?? []), ...', more, ']']);
  }
  const sum = context.expression({
    from: target.from,
    to: given.to,
    kind: 'binary',
    operator,
    left: target,
    right: given,
  });
  return changedAt(steps, field, () => sum.doc);
}

/** A field of a plain object that stands for a message, which is not changed in place. */
function isFieldHere(target: Expression, { scope, style }: Context): boolean {
  if (target.kind !== 'attribute' || style === 'python') return false;
  const owner = target.object.kind === 'name' ? scope.lookup(target.object.name)?.type : undefined;
  return owner?.kind !== 'instance';
}

/** `self.x = ...`: what it is is noted for the other methods. */
function assignToInstance(
  target: ExpressionOf<'attribute'>,
  of: string,
  given: Expression,
  context: Context,
): Doc | undefined {
  const key = `field:${of}.${target.name}`;
  const one = definite(
    isMetadata(given) ? metadata(given, context) : context.expression(given, context.knowledge.get(key)),
  );
  context.knowledge.note(key, one.type);
  if (withoutValue.has(one.type.kind) && context.style === 'idiomatic') return undefined;
  return [
    instanceMember(context.expression(target.object), of, target.name, context).doc,
    ' = ',
    at(level.arrow, one),
    ';',
  ];
}

export function update({ target, operator, value: given }: StatementOf<'update'>, context: Context): Doc {
  const object = context.expression(target);
  if (object.type.kind === 'list' && operator === '+') {
    const added = definite(context.expression(given, object.type));
    if (added.type.kind === 'list') growList(target, object.type, added.type.of, context);
    return [at(level.member, object), '.push(...', at(level.arrow, added), ');'];
  }
  if (target.kind === 'attribute' && isFieldHere(target, context)) return updateField(target, operator, given, context);
  if (!['+', '-', '*', '/', '**', '%'].includes(operator)) {
    throw new Untranslatable(`\`${operator}=\` has no translation here`, target.from);
  }
  const change = definite(context.expression(given));
  const doc = isScalar(object.type, 'string') ? change : plainNumber(change);
  return [object.doc, ` ${operator}= `, at(level.arrow, doc), ';'];
}
