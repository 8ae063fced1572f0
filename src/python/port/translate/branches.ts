import type { Context } from '../context';
import { braced } from '../print/braced';
import type { Doc } from '../print/doc';
import type { Block, Expression, StatementOf } from '../syntax/ast';
import { condition } from './operators';

/** `if`, with what is known of an answer's status in each branch. */
export function branches({ branches: all, otherwise }: StatementOf<'if'>, context: Context): Doc {
  const docs = all.map(({ test, body }, index): Doc => [
    index === 0 ? 'if (' : ' else if (',
    condition(test, context).doc,
    ') ',
    blockIn(body, context, failedIn(test, '!=', context)),
  ]);
  if (otherwise === undefined) return docs;
  const [first] = all;
  const failed = first === undefined || all.length > 1 ? undefined : failedIn(first.test, '==', context);
  return [docs, ' else ', blockIn(otherwise, context, failed)];
}

function blockIn(body: Block, context: Context, failed: string | undefined): Doc {
  return braced(context.block(body, failed === undefined ? {} : { failed: [...context.failed, failed] }));
}

/** The answer of which `answer.status.code != SUCCESS` says that it failed. */
function failedIn(test: Expression, operator: '!=' | '==', context: Context): string | undefined {
  if (test.kind === 'group') return failedIn(test.value, operator, context);
  if (test.kind !== 'binary' || test.operator !== operator) return undefined;
  const { left, right } = test;
  if (!/\bSUCCESS$|^10000$/.test(context.source.of(right)) || left.kind !== 'attribute' || left.name !== 'code')
    return undefined;
  const status = left.object;
  if (status.kind !== 'attribute' || status.name !== 'status' || status.object.kind !== 'name') return undefined;
  const answer = context.expression(status.object);
  return answer.type.kind === 'message' && typeof answer.doc === 'string' ? answer.doc : undefined;
}
