import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { templateText } from '../print/literals';
import type { Expression, ExpressionOf, Replacement } from '../syntax/ast';
import { string } from '../type';
import { definite, type Value, value } from '../value';
import { formatted } from './format-spec';

export type TemplatePart = string | (Omit<Replacement, 'value'> & { readonly value: Value; readonly from: number });

/** A template literal of text and values. */
export function template(parts: readonly TemplatePart[], context: Context): Value {
  const docs = parts.map((part): Doc => {
    if (typeof part === 'string') return templateText(part);
    const { value: one, conversion, spec, label, from } = part;
    return [
      templateText(label),
      '${',
      formatted(one, { conversion: label !== '' && conversion + spec === '' ? 'r' : conversion, spec, from }, context)
        .doc,
      '}',
    ];
  });
  return value(['`', docs, '`'], string);
}

/** `"text " + name + ...`, when one of the parts is a text: then all are. */
export function concatenation(node: ExpressionOf<'binary'>, context: Context): Value | undefined {
  const operands = flattened(node);
  if (!operands.some(({ kind }) => kind === 'string' || kind === 'template')) return undefined;
  if (operands.some(({ kind }) => kind === 'bytes')) return undefined;
  const parts = operands.flatMap((operand): TemplatePart[] => {
    if (operand.kind === 'string') return [operand.value];
    if (operand.kind !== 'template') return [plain(definite(context.expression(operand)), operand)];
    return operand.parts.map((part) =>
      typeof part === 'string' ? part : { ...part, value: context.expression(part.value), from: part.value.from },
    );
  });
  return template(parts, context);
}

function plain(one: Value, { from }: Expression): TemplatePart {
  return { value: one, conversion: '', spec: '', label: '', from };
}

function flattened(node: Expression): Expression[] {
  if (node.kind === 'binary' && node.operator === '+') return [...flattened(node.left), ...flattened(node.right)];
  return node.kind === 'group' ? flattened(node.value) : [node];
}
