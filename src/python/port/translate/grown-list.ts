import type { Context } from '../context';
import type { Expression } from '../syntax/ast';
import { listOf, type Type } from '../type';

/** A variable's list, empty at first, holds what is added to it. */
export function growList(list: Expression, known: Type, added: Type, { scope, knowledge }: Context): void {
  if (known.kind !== 'list') return;
  if (list.kind === 'attribute' && list.object.kind === 'name') {
    const owner = scope.lookup(list.object.name)?.type;
    if (owner?.kind === 'instance') knowledge.note(`field:${owner.of}.${list.name}`, listOf(added));
  }
  if (list.kind !== 'name') return;
  const origin = scope.lookup(list.name)?.origin;
  if (origin !== undefined) knowledge.note(origin, listOf(added));
  if (known.of.kind === 'unknown') scope.refine(list.name, listOf(added));
}
