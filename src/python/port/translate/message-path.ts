import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { Untranslatable } from '../problem';
import type { Field } from '../proto/schema';
import type { Expression } from '../syntax/ast';
import { braces, itemsFrom } from './brackets';
import { fieldNamed } from './message';

/** The way from a variable to a message inside it. */
export interface Steps {
  readonly variable: string;
  readonly fields: readonly Field[];
  /** Full name of the message at the end. */
  readonly message: string;
}

/** `x.data.image` as a way through the fields of `x`. */
export function stepsOf(node: Expression, context: Context): Steps {
  if (node.kind === 'name') {
    const { doc, type } = context.expression(node);
    if (type.kind !== 'message' || !type.partial || typeof doc !== 'string') {
      throw new Untranslatable(`\`${node.name}\` cannot be changed here`, node.from);
    }
    return { variable: doc, fields: [], message: type.name };
  }
  if (node.kind !== 'attribute')
    throw new Untranslatable(`\`${context.source.of(node)}\` cannot be changed here`, node.from);
  const owner = stepsOf(node.object, context);
  const field = fieldNamed(owner.message, node.name, node.from);
  if (field.type.kind !== 'message') throw new Untranslatable(`\`${field.name}\` is no message`, node.from);
  return { ...owner, fields: [...owner.fields, field], message: field.type.name };
}

/** `x = { ...x, data: { ...x.data, field: changed } };`, `changed` made from what is there. */
export function changedAt({ variable, fields }: Steps, last: Field, changed: (current: Doc) => Doc): Doc {
  const nest = (at: number, path: string): Doc => {
    const field = fields[at];
    // Nothing is there to be read below what was never set.
    const next = (name: string): string => `${path}${at === 0 ? '.' : '?.'}${name}`;
    const name = field?.jsName ?? last.jsName;
    const inner = field === undefined ? changed(next(name)) : nest(at + 1, next(name));
    return braces(itemsFrom([`...${path}`, inner === name ? name : [name, ': ', inner]]));
  };
  return [variable, ' = ', nest(0, variable), ';'];
}
