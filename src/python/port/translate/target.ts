import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Expression } from '../syntax/ast';
import { type Type, unknown } from '../type';

interface Target {
  readonly doc: Doc;
  readonly destructured: boolean;
}

/** Declares what a loop or an assignment binds: a name, or several in brackets. */
export function bindTarget(target: Expression, type: Type, context: Context): Target {
  if (target.kind === 'group') return bindTarget(target.value, type, context);
  if (target.kind === 'name') return { doc: context.scope.bind(target.name, type).text, destructured: false };
  if (target.kind === 'star') return { doc: ['...', bindTarget(target.value, type, context).doc], destructured: true };
  if (target.kind !== 'tuple' && target.kind !== 'list') {
    throw new Untranslatable('Only names can be bound here', target.from);
  }
  const types = type.kind === 'pair' ? type.of : [];
  const names = target.elements.items.map(
    ({ value }, index) => bindTarget(value, types[index] ?? unknown, context).doc,
  );
  return { doc: ['[', names.flatMap((name, index) => (index === 0 ? [name] : [', ', name])), ']'], destructured: true };
}
