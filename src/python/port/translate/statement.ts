import type { Context } from '../context';
import { type Doc, hardline } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Block, Expression, Statement, StatementOf } from '../syntax/ast';
import { isMainGuard } from '../syntax/walk';
import { at, level } from '../value';
import { callArguments } from './arguments';
import { assign, update } from './assignment';
import { branches } from './branches';
import { classDefinition } from './class';
import { bindImports } from './import';
import { functionDefinition } from './function';
import { changeMessage } from './message-change';
import { assertion, raise, tryStatement } from './errors';
import { filePath } from './file-path';
import { forLoop, whileLoop } from './loops';

/** What a statement becomes; nothing, when TypeScript needs none. */
export function translateStatement(statement: Statement, context: Context): Doc | undefined {
  switch (statement.kind) {
    case 'comment':
      return `//${statement.text}`;
    case 'import':
      bindImports(statement, context);
      return undefined;
    case 'assign':
      return assign(statement, context);
    case 'update':
      return update(statement, context);
    case 'expression':
      return expressionStatement(statement, context);
    case 'if':
      return isMainGuard(statement) ? inline(statement.branches[0]?.body ?? [], context) : branches(statement, context);
    case 'for':
      return forLoop(statement, context);
    case 'while':
      return whileLoop(statement, context);
    case 'with':
      return withStatement(statement, context);
    case 'try':
      return tryStatement(statement, context);
    case 'assert':
      return assertion(statement, context);
    case 'raise':
      return raise(statement, context);
    case 'return':
      return returnStatement(statement, context);
    case 'def':
      return functionDefinition(statement, context);
    case 'class':
      return classDefinition(statement, context);
    case 'pass':
      return undefined;
    case 'break':
    case 'continue':
      return `${statement.kind};`;
    case 'unsupported':
      throw new Untranslatable(`${statement.what} has no translation`, statement.from);
  }
}

function expressionStatement({ value: given }: StatementOf<'expression'>, context: Context): Doc | undefined {
  const isDocstring = given.kind === 'string';
  if (isDocstring)
    return given.value
      .trim()
      .split('\n')
      .flatMap((text, index): Doc[] => [index === 0 ? '' : hardline, `// ${text.trim()}`]);
  if (isOption(given, context)) return undefined;
  const parent = superCall(given, context);
  if (parent !== undefined) return parent;
  const change = given.kind === 'call' ? changeMessage(given, context) : undefined;
  if (change !== undefined) return change;
  return [context.expression(given).doc, ';'];
}

/** `super().__init__(message)`. */
function superCall(given: Expression, context: Context): Doc | undefined {
  if (given.kind !== 'call' || given.callee.kind !== 'attribute' || given.callee.name !== '__init__') return undefined;
  const docs = given.args.items.map(({ value: { value: one } }) => context.expression(one).doc);
  return ['super', callArguments(docs), ';'];
}

/** Options of a parser are written where it is read. */
function isOption(given: Expression, { scope }: Context): boolean {
  if (given.kind !== 'call' || given.callee.kind !== 'attribute' || given.callee.object.kind !== 'name') return false;
  const type = scope.lookup(given.callee.object.name)?.type;
  return type?.kind === 'argumentParser' && given.callee.name === 'add_argument';
}

function returnStatement({ value: given }: StatementOf<'return'>, context: Context): Doc {
  if (given === undefined) return 'return;';
  const returned = context.expression(given);
  context.returned.push({ type: returned.type, optional: returned.optional });
  return ['return ', at(level.arrow, returned), ';'];
}

/** `with open(...) as f:` names a file; its body needs no block. */
function withStatement({ contexts, body, from }: StatementOf<'with'>, context: Context): Doc {
  for (const { value: given, target } of contexts) {
    const { doc, type } = context.expression(given);
    if (target?.kind !== 'name' || (type.kind !== 'file' && type.kind !== 'channel')) {
      throw new Untranslatable('Only `with open(...) as name` has a translation', from);
    }
    context.scope.bindAs(
      target.name,
      type.kind === 'file' ? filePath(doc, target.name, context) : context.source.of(given),
      type,
    );
  }
  return inline(body, context);
}

function inline(body: Block, context: Context): Doc {
  return context.block(body);
}
