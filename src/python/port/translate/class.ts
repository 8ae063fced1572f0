import type { Context } from '../context';
import { braced } from '../print/braced';
import { type Doc, hardline } from '../print/doc';
import { Untranslatable } from '../problem';
import { typeText } from '../proto/names';
import { Scope } from '../scope';
import type { Parameter, Statement, StatementOf } from '../syntax/ast';
import { statementsIn } from '../syntax/walk';
import type { Type } from '../type';
import { annotatedType } from './annotation';
import { functionParts, functionType, isGenerator } from './function';

/** A class of the snippet. Errors extend Error; of decorators, those that Python has for methods and data are known. */
export function classDefinition(statement: StatementOf<'class'>, context: Context): Doc {
  const { name, bases, body } = statement;
  const [base, more] = bases;
  if (more !== undefined) throw new Untranslatable('A class with several bases has no translation', more.from);
  const parent = base === undefined ? undefined : baseClass(base, context);
  const members = body.flatMap((member) => memberOf(member, statement, context));
  const made = isData(statement) ? [...members, dataConstructor(statement, context)] : members;
  const fields = isData(statement) ? [] : fieldsOf(statement, context);
  const docs = [...fields, ...made].flatMap((doc, index): Doc[] => (index === 0 ? [doc] : [hardline, doc]));
  return [`class ${name} `, parent === undefined ? '' : `extends ${parent} `, braced(docs)];
}

/** What the class is called with, known before the class is translated. */
export function classType(statement: StatementOf<'class'>, context: Pick<Context, 'asyncNames' | 'knowledge'>): Type {
  const init = initOf(statement);
  const key = `${statement.name}.__init__`;
  const parameters = init?.parameters.slice(1) ?? dataFields(statement).map(({ name }) => parameterNamed(name));
  for (const member of statement.body) {
    if (member.kind !== 'def') continue;
    const isStatic = decorated(member, 'staticmethod');
    const method = functionType(
      { ...member, parameters: member.parameters.slice(isStatic ? 0 : 1) },
      `${statement.name}.${member.name}`,
      context,
    );
    context.knowledge.note(`method:${statement.name}.${member.name}`, {
      ...method,
      getter: decorated(member, 'property'),
      isStatic: isStatic || decorated(member, 'classmethod'),
      result: { type: { kind: 'unknown' }, optional: false },
    });
  }
  return { ...functionType({ name: statement.name, parameters, body: [] }, key, context), makes: statement.name };
}

function parameterNamed(name: string): Parameter {
  return { name, star: '', annotation: undefined, fallback: undefined };
}

function baseClass(base: StatementOf<'class'>['bases'][number], context: Context): string {
  const text = context.source.of(base);
  if (/^(\w*Error|Exception|Warning)$/.test(text) && context.scope.lookup(text) === undefined) return 'Error';
  if (context.scope.lookup(text)?.type.kind === 'function') return text;
  throw new Untranslatable(`A class of the kind \`${text}\` has no translation`, base.from);
}

function memberOf(member: Statement, { name: owner }: StatementOf<'class'>, context: Context): Doc[] {
  if (member.kind === 'comment') return [`//${member.text}`];
  if (member.kind === 'pass') return [];
  if (member.kind === 'expression' && member.value.kind === 'string')
    return [`// ${member.value.value.trim().split('\n')[0] ?? ''}`];
  if (member.kind === 'assign')
    return member.value === undefined || member.annotation !== undefined ? [] : [classField(member, owner, context)];
  if (member.kind !== 'def')
    throw new Untranslatable('Only fields and methods of a class have a translation', member.from);
  return [method(member, owner, context)];
}

/** `per_page = 10` in the class itself. */
function classField({ targets, value: given, from }: StatementOf<'assign'>, owner: string, context: Context): Doc {
  const [target] = targets;
  if (target?.kind !== 'name' || given === undefined) throw new Untranslatable('A field of a class needs a name', from);
  const { doc, type } = context.expression(given);
  context.knowledge.note(`field:${owner}.${target.name}`, type);
  return [context.scope.spelling(target.name), ' = ', doc, ';'];
}

const spelled: Readonly<Record<string, string>> = {
  __init__: 'constructor',
  __str__: 'toString',
  __repr__: 'toString',
};

function method(statement: StatementOf<'def'>, owner: string, context: Context): Doc {
  const { name, parameters, body, from } = statement;
  const isStatic = decorated(statement, 'staticmethod');
  const isClass = decorated(statement, 'classmethod');
  const isAsync = context.asyncNames.has(name) && !isGenerator(body);
  if (name === '__init__' && isAsync)
    throw new Untranslatable('A constructor cannot wait for the service; call it from a method', from);
  if (/^__/.test(name) && spelled[name] === undefined) throw new Untranslatable(`\`${name}\` has no translation`, from);
  const known = statement.decorators.find(
    (one) => one.kind !== 'name' || !/^(staticmethod|classmethod|property)$/.test(one.name),
  );
  if (known !== undefined) throw new Untranslatable('a decorator has no translation', from);
  const scope = new Scope(context.scope);
  const [self] = parameters;
  if (self !== undefined && !isStatic)
    scope.bindAs(
      self.name,
      'this',
      isClass
        ? {
            kind: 'function',
            key: '',
            async: false,
            parameters: [],
            result: { type: { kind: 'unknown' }, optional: false },
            makes: owner,
          }
        : { kind: 'instance', of: owner },
    );
  const own = { ...statement, parameters: isStatic ? parameters : parameters.slice(1) };
  const { head, body: doc } = functionParts(own, `${owner}.${name}`, context, scope);
  const modifiers = [
    isStatic || isClass ? 'static ' : '',
    isAsync ? 'async ' : decorated(statement, 'property') ? 'get ' : '',
  ];
  return [
    modifiers,
    isGenerator(body) ? (context.asyncNames.has(name) ? 'async *' : '*') : '',
    spelled[name] ?? context.scope.spelling(name),
    head,
    ' ',
    doc,
  ];
}

function decorated({ decorators }: StatementOf<'def'> | StatementOf<'class'>, name: string): boolean {
  return decorators.some((one) => one.kind === 'name' && one.name === name);
}

function initOf({ body }: StatementOf<'class'>): StatementOf<'def'> | undefined {
  return body.find((member): member is StatementOf<'def'> => member.kind === 'def' && member.name === '__init__');
}

/** The fields that methods set. TypeScript finds the types of those that the constructor sets. */
function fieldsOf(statement: StatementOf<'class'>, context: Context): Doc[] {
  const inside = new Map<string, boolean>();
  for (const member of statement.body) {
    if (member.kind !== 'def') continue;
    const [self] = member.parameters;
    for (const one of statementsIn(member.body)) {
      const targets = one.kind === 'assign' ? one.targets : [];
      for (const target of targets) {
        if (target.kind !== 'attribute' || target.object.kind !== 'name' || target.object.name !== self?.name) continue;
        inside.set(target.name, (inside.get(target.name) ?? false) || member.name === '__init__');
      }
    }
  }
  const declared = statement.body
    .flatMap((member) => (member.kind === 'assign' ? member.targets : []))
    .flatMap((target) => (target.kind === 'name' ? [target.name] : []));
  return [...inside].flatMap(([name, inConstructor]): Doc[] => {
    const type = context.knowledge.get(`field:${statement.name}.${name}`);
    if (declared.includes(name) || (type?.kind === 'channel' && context.style === 'idiomatic')) return [];
    const text = type && typeText(type, context);
    const spelling = context.scope.spelling(name);
    if (inConstructor) return [text === undefined ? `${spelling};` : `${spelling}: ${text};`];
    return [text === undefined ? `${spelling}: any;` : `${spelling}: ${text} | undefined;`];
  });
}

function isData(statement: StatementOf<'class'>): boolean {
  return decorated(statement, 'dataclass');
}

interface DataField {
  readonly name: string;
  readonly statement: StatementOf<'assign'>;
}

function dataFields(statement: StatementOf<'class'>): DataField[] {
  if (!isData(statement)) return [];
  return statement.body.flatMap((member) => {
    const [target] = member.kind === 'assign' && member.annotation !== undefined ? member.targets : [];
    return member.kind === 'assign' && target?.kind === 'name' ? [{ name: target.name, statement: member }] : [];
  });
}

/** `@dataclass`: the fields are the constructor's parameters. */
function dataConstructor(statement: StatementOf<'class'>, context: Context): Doc {
  const parameters = dataFields(statement).map(({ name, statement: { annotation, value: given } }): Doc => {
    const type = annotation === undefined ? undefined : annotatedType(annotation, context);
    if (type !== undefined) context.knowledge.note(`field:${statement.name}.${name}`, type);
    const text = (type && typeText(type, context)) ?? 'any';
    const fallback: Doc = given === undefined ? '' : [' = ', context.expression(given, type).doc];
    return [`public ${context.scope.spelling(name)}: ${text}`, fallback];
  });
  return ['constructor(', parameters.flatMap((doc, index): Doc[] => (index === 0 ? [doc] : [', ', doc])), ') {}'];
}
