import type { Block, Statement } from '../syntax/ast';

/** `x = Struct()` with `x.update({...})` right after it as one assignment. */
export function withStructUpdates(block: Block): Block {
  const result: Statement[] = [];
  for (const statement of block) {
    const last = result.at(-1);
    const merged = last === undefined ? undefined : merge(last, statement);
    if (merged === undefined) result.push(statement);
    else result[result.length - 1] = merged;
  }
  return result;
}

function merge(first: Statement, second: Statement): Statement | undefined {
  if (first.kind !== 'assign' || second.kind !== 'expression' || second.value.kind !== 'call') return undefined;
  const [target] = first.targets;
  const { value } = first;
  const { callee, args } = second.value;
  if (target?.kind !== 'name' || value?.kind !== 'call' || value.args.items.length > 0) return undefined;
  const isStruct =
    value.callee.kind === 'name'
      ? value.callee.name === 'Struct'
      : value.callee.kind === 'attribute' && value.callee.name === 'Struct';
  const isUpdate =
    callee.kind === 'attribute' &&
    callee.name === 'update' &&
    callee.object.kind === 'name' &&
    callee.object.name === target.name;
  const given = args.items[0]?.value;
  if (!isStruct || !isUpdate || given === undefined || given.name !== undefined) return undefined;
  const { from, to } = given.value;
  // A copy, as a Struct is: what is a literal already needs none.
  const copy = {
    from,
    to,
    kind: 'dict',
    entries: {
      items: [{ value: { key: undefined, value: given.value }, before: [], after: undefined }],
      rest: [],
      expanded: false,
    },
  } as const;
  return {
    ...first,
    value: given.value.kind === 'dict' ? given.value : copy,
    trailing: first.trailing ?? second.trailing,
    comments: [...first.comments, ...second.comments],
  };
}
