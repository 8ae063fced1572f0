import type { Context } from '../context';
import { braced } from '../print/braced';
import { type Doc, hardline } from '../print/doc';
import { Untranslatable } from '../problem';
import { importRpc } from '../proto/names';
import type { Expression, Handler, StatementOf } from '../syntax/ast';
import { none, type Type, unknown } from '../type';
import { at, definite, level } from '../value';
import { callArguments } from './arguments';
import { condition } from './operators';
import { asText } from './shown';

/** `raise Exception(...)`: the error that the answer's status calls for, when one is known to have failed. */
export function raise({ value: given, from }: StatementOf<'raise'>, context: Context): Doc {
  if (given === undefined) {
    const caught = context.scope.lookup('<caught>');
    if (caught === undefined) throw new Untranslatable('Nothing is there to be raised again', from);
    return `throw ${caught.text};`;
  }
  if (given.kind !== 'call') {
    const isClass = given.kind === 'name' && context.scope.lookup(given.name) === undefined;
    return isClass ? 'throw new Error();' : ['throw ', context.expression(given).doc, ';'];
  }
  const own = given.callee.kind === 'name' ? context.scope.lookup(given.callee.name)?.type : undefined;
  if (own?.kind === 'function') return ['throw ', context.expression(given).doc, ';'];
  const docs = given.args.items.map(({ value: { value: argument } }) =>
    at(level.arrow, definite(context.expression(argument))),
  );
  const message = docs.slice(0, 1);
  const answer = context.failed.at(-1);
  if (answer === undefined || context.style === 'python')
    return ['throw new ', errorNamed(given.callee, context), callArguments(message), ';'];
  return ['throw ', importRpc(context.imports, 'statusError'), callArguments([answer, ...message]), ';'];
}

/** Error, or the class that a handler looks for. */
function errorNamed(callee: Expression, context: Context): string {
  const name = callee.kind === 'name' ? callee.name : '';
  if (name === '' || /^(Base)?Exception$/.test(name)) return 'Error';
  context.knowledge.note(`raised:${name}`, none);
  return context.knowledge.get(`caught:${name}`) === undefined ? 'Error' : context.errorClass(name);
}

/** `assert test, message`. */
export function assertion({ test, message }: StatementOf<'assert'>, context: Context): Doc {
  const failed = condition({ from: test.from, to: test.to, kind: 'unary', operator: 'not', operand: test }, context);
  const text = message === undefined ? '' : asText(context.expression(message), context).doc;
  return ['if (', failed.doc, ') ', braced(['throw new Error(', text, ');'])];
}

export function tryStatement(statement: StatementOf<'try'>, context: Context): Doc {
  const { otherwise, finally: last } = statement;
  if (otherwise === undefined) return tryBlock(statement, context);
  // What is raised in `else` is not for the handlers.
  const flag = context.scope.temporary('succeeded');
  const first = tryBlock({ ...statement, finally: undefined }, context, [hardline, `${flag} = true;`]);
  const docs: Doc = [
    `let ${flag} = false;`,
    hardline,
    first,
    hardline,
    `if (${flag}) `,
    braced(context.block(otherwise)),
  ];
  return last === undefined ? docs : ['try ', braced(docs), ' finally ', braced(context.block(last))];
}

function tryBlock({ body, handlers, finally: last }: StatementOf<'try'>, context: Context, ending: Doc = []): Doc {
  const docs: Doc[] = ['try ', braced([context.block(body), ending])];
  if (handlers.length > 0) {
    const inner = context.inBlock();
    const name = handlers.find((handler) => handler.name !== undefined)?.name;
    const text = name === undefined ? inner.scope.temporary('error') : inner.scope.bind(name, unknown).text;
    inner.scope.bindAs('<caught>', text, unknown);
    docs.push(` catch (${text}) `, braced(handled(handlers, text, inner)));
  }
  if (last !== undefined) docs.push(' finally ', braced(context.block(last)));
  return docs;
}

/** One handler takes what it is for, and the rest goes on. */
function handled(handlers: readonly Handler[], text: string, context: Context): Doc {
  const docs = handlers.map((handler, index): Doc => {
    const test = testOf(handler.type, text, context);
    const inner = context.inBlock();
    inner.scope.bindAs('<caught>', text, unknown);
    if (handler.name !== undefined) inner.scope.bindAs(handler.name, text, caughtType(handler.type, context));
    const body = context.block(handler.body, { scope: inner.scope });
    if (test === undefined) return index === 0 ? body : [' else ', braced(body)];
    return [index === 0 ? 'if (' : ' else if (', `${test}) `, braced(body)];
  });
  const open = handlers.every(({ type }) => testOf(type, text, context) !== undefined);
  return open ? [docs, ' else ', braced(`throw ${text};`)] : docs;
}

/** What tells whether a handler is for an error; nothing for `except Exception`. */
function testOf(type: Expression | undefined, text: string, context: Context): string | undefined {
  if (type === undefined) return undefined;
  if (type.kind === 'group') return testOf(type.value, text, context);
  if (type.kind === 'tuple') {
    const tests = type.elements.items.map(({ value: one }) => testOf(one, text, context));
    return tests.includes(undefined) ? undefined : tests.join(' || ');
  }
  const name = context.source.of(type).split('.').at(-1) ?? '';
  if (/^(Base)?Exception$/.test(name)) return undefined;
  if (name === 'RpcError') return `${text} instanceof ${importRpc(context.imports, 'ClarifaiError')}`;
  const own = type.kind === 'name' ? context.scope.lookup(type.name)?.type : undefined;
  if (own?.kind === 'function' && own.makes !== undefined) return `${text} instanceof ${own.makes}`;
  context.knowledge.note(`caught:${name}`, none);
  if (context.knowledge.get(`raised:${name}`) !== undefined) return `${text} instanceof ${context.errorClass(name)}`;
  if (name === 'JSONDecodeError') return `${text} instanceof SyntaxError`;
  if (name === 'FileNotFoundError') return `${text} instanceof Error && 'code' in ${text} && ${text}.code === 'ENOENT'`;
  throw new Untranslatable(
    `\`except ${context.source.of(type)}\` has no translation: nothing raises it here`,
    type.from,
  );
}

/** The class of what a handler takes, when it is one of the snippet's. */
function caughtType(type: Expression | undefined, context: Context): Type {
  if (type === undefined || type.kind === 'tuple') return unknown;
  if (/RpcError$/.test(context.source.of(type))) return { kind: 'error' };
  const own = type.kind === 'name' ? context.scope.lookup(type.name)?.type : undefined;
  return own?.kind === 'function' && own.makes !== undefined ? { kind: 'instance', of: own.makes } : unknown;
}
