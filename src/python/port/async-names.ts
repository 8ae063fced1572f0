import { methodOf } from './proto/schema';
import type { Block, Expression, StatementOf } from './syntax/ast';
import { expressionsIn, headOf, statementsIn } from './syntax/walk';

/** The functions that wait for something: those that call the service, sleep, or call one that does. */
export function asyncNamesIn(body: Block): ReadonlySet<string> {
  const definitions = [...statementsIn(body)].filter((one): one is StatementOf<'def'> => one.kind === 'def');
  const found = new Set<string>();
  let before = -1;
  while (found.size > before) {
    before = found.size;
    for (const { name, body: inner } of definitions) if (waits(inner, found)) found.add(name);
  }
  return found;
}

function waits(body: Block, known: ReadonlySet<string>): boolean {
  return [...statementsIn(body)].some((statement) => headOf(statement).some((head) => waitsIn(head, known)));
}

/** Whether an expression calls the service, sleeps, or calls a function that does. */
export function waitsIn(expression: Expression, known: ReadonlySet<string>): boolean {
  return [...expressionsIn(expression)].some((node) => {
    if (node.kind !== 'call') return false;
    const { callee } = node;
    if (callee.kind === 'name') return known.has(callee.name) || callee.name === 'sleep';
    if (callee.kind !== 'attribute') return false;
    return (
      methodOf(callee.name) !== undefined || known.has(callee.name) || /^(sleep|with_call|result)$/.test(callee.name)
    );
  });
}
