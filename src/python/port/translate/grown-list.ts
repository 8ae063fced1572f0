import type { Context } from '../context';
import type { Expression } from '../syntax/ast';
import { listOf, type Type } from '../type';

/** A variable's list, empty at first, holds what is added to it. */
export function growList(list: Expression, known: Type, added: Type, { scope }: Context): void {
  if (list.kind !== 'name' || known.kind !== 'list' || known.of.kind !== 'unknown') return;
  scope.refine(list.name, listOf(added));
}
