import type { SyntaxNode } from '@lezer/common';
import type { Block, Expression, Handler, ImportedName, Statement } from './ast';
import { expressionList, expressionOf, parametersOf, spanOf } from './expression';
import { childrenOf, type Source } from './tree';

type Bare = Statement extends infer One
  ? One extends Statement
    ? Omit<One, 'from' | 'to' | 'comments' | 'trailing' | 'blankBefore'>
    : never
  : never;
type Read = (node: SyntaxNode, children: readonly SyntaxNode[], source: Source) => Bare;

/** The statements of a script or of an indented body, comments among them. */
export function blockOf(node: SyntaxNode, source: Source): Block {
  const statements: Statement[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === ':' || child.name === ';') continue;
    const last = statements.at(-1);
    if (child.name === 'Comment' && last !== undefined && onLineOf(last, child, source)) {
      statements[statements.length - 1] = { ...last, trailing: source.take(child) };
    } else {
      statements.push(statementOf(child, source));
    }
  }
  return statements;
}

function onLineOf(last: Statement, comment: SyntaxNode, source: Source): boolean {
  return last.kind !== 'comment' && source.lineOf(last.to) === source.lineOf(comment.from);
}

function statementOf(node: SyntaxNode, source: Source): Statement {
  const children = childrenOf(node).filter(({ name }) => name !== 'Comment');
  const read = node.name === 'Comment' ? undefined : readers[node.name];
  const bare: Bare =
    node.name === 'Comment'
      ? { kind: 'comment', text: source.take(node) }
      : (read?.(node, children, source) ?? { kind: 'unsupported', what: whatIs(node) });
  return {
    ...bare,
    ...spanOf(node),
    comments: source.takeBetween(node.from, node.to),
    trailing: undefined,
    blankBefore: /\n[ \t]*\n[ \t]*$/.test(source.text.slice(0, node.from)),
  };
}

function whatIs(node: SyntaxNode): string {
  const words = node.name.replace(/(Statement|Definition)$/, '').toLowerCase();
  return node.name === 'DecoratedStatement' ? 'a decorator' : `a ${words} statement`;
}

const readers: Readonly<Record<string, Read>> = {
  ImportStatement: (_, children, source) => ({ kind: 'import', names: importedNames(children, source) }),
  AssignStatement: (node, children, source) => {
    const parts = split(
      children.filter(({ name }) => name !== 'TypeDef'),
      'AssignOp',
    );
    const sides = parts.flatMap((part) => expressionList(part, source) ?? []);
    const typeDef = children.find(({ name }) => name === 'TypeDef');
    const typeNode = typeDef && childrenOf(typeDef).find(({ name }) => name !== ':');
    const annotation = typeNode && expressionOf(typeNode, source);
    if (annotation !== undefined && sides.length === 1)
      return { kind: 'assign', targets: sides, annotation, value: undefined };
    const value = sides.at(-1);
    if (value === undefined || sides.length < 2) return { kind: 'unsupported', what: whatIs(node) };
    return { kind: 'assign', targets: sides.slice(0, -1), annotation, value };
  },
  UpdateStatement: (node, [target, operator, ...value], source) => {
    const right = expressionList(value, source);
    if (target === undefined || operator === undefined || right === undefined) {
      return { kind: 'unsupported', what: whatIs(node) };
    }
    return {
      kind: 'update',
      target: expressionOf(target, source),
      operator: source.of(operator).slice(0, -1),
      value: right,
    };
  },
  ExpressionStatement: (node, children, source) => {
    const value = expressionList(children, source);
    return value === undefined ? { kind: 'unsupported', what: whatIs(node) } : { kind: 'expression', value };
  },
  YieldStatement: (node, children, source) => {
    const value = expressionList(children.slice(1), source);
    return { kind: 'expression', value: { ...spanOf(node), kind: 'yield', value } };
  },
  IfStatement: (node, children, source) => {
    const parts = clauses(children);
    const branches = parts.flatMap(({ keyword, header, body }) => {
      const test = expressionList(header, source);
      return keyword === 'else' || test === undefined ? [] : [{ test, body: bodyOf(body, source) }];
    });
    const last = parts.find(({ keyword }) => keyword === 'else');
    if (branches.length === 0) return { kind: 'unsupported', what: whatIs(node) };
    return { kind: 'if', branches, otherwise: last && bodyOf(last.body, source) };
  },
  ForStatement: (node, children, source) => {
    const [loop, otherwise] = clauses(children);
    const header = loop?.header ?? [];
    const at = header.findIndex(({ name }) => name === 'in');
    const target = expressionList(header.slice(0, at), source);
    const iterable = expressionList(header.slice(at + 1), source);
    if (loop?.keyword !== 'for' || otherwise !== undefined || target === undefined || iterable === undefined) {
      return { kind: 'unsupported', what: otherwise === undefined ? whatIs(node) : 'a loop with `else`' };
    }
    return { kind: 'for', target, iterable, body: bodyOf(loop.body, source) };
  },
  WhileStatement: (_, children, source) => {
    const [loop, otherwise] = clauses(children);
    const test = expressionList(loop?.header ?? [], source);
    if (loop === undefined || test === undefined || otherwise !== undefined) {
      return { kind: 'unsupported', what: 'a loop with `else`' };
    }
    return { kind: 'while', test, body: bodyOf(loop.body, source) };
  },
  WithStatement: (node, children, source) => {
    const [only] = clauses(children);
    if (only?.keyword !== 'with') return { kind: 'unsupported', what: whatIs(node) };
    const contexts = split(only.header, ',').flatMap((part) => {
      const [value, , target] = part;
      return value === undefined
        ? []
        : [{ value: expressionOf(value, source), target: target && expressionOf(target, source) }];
    });
    return { kind: 'with', contexts, body: bodyOf(only.body, source) };
  },
  TryStatement: (_, children, source) => {
    const parts = clauses(children);
    const body = (keyword: string): Block | undefined => {
      const found = parts.find((part) => part.keyword === keyword);
      return found && bodyOf(found.body, source);
    };
    const handlers = parts
      .filter(({ keyword }) => keyword === 'except')
      .map(({ header, body: handled }): Handler => {
        const [type, , name] = header;
        return {
          type: type && expressionOf(type, source),
          name: name && source.of(name),
          body: bodyOf(handled, source),
        };
      });
    return { kind: 'try', body: body('try') ?? [], handlers, otherwise: body('else'), finally: body('finally') };
  },
  AssertStatement: (node, [, ...parts], source) => {
    const [test, message] = split(parts, ',').map((part) => expressionList(part, source));
    return test === undefined ? { kind: 'unsupported', what: whatIs(node) } : { kind: 'assert', test, message };
  },
  RaiseStatement: (_, [, value], source) => ({ kind: 'raise', value: value && expressionOf(value, source) }),
  ReturnStatement: (_, [, ...value], source) => ({ kind: 'return', value: expressionList(value, source) }),
  FunctionDefinition: (_, children, source) => {
    const name = children.find((child) => child.name === 'VariableName');
    const list = children.find((child) => child.name === 'ParamList');
    return {
      kind: 'def',
      name: name === undefined ? '' : source.of(name),
      parameters: list === undefined ? [] : parametersOf(list, source),
      decorators: [],
      body: bodyOf(children.at(-1), source),
    };
  },
  ClassDefinition: (_, children, source) => {
    const name = children.find((child) => child.name === 'VariableName');
    const list = children.find((child) => child.name === 'ArgList');
    const bases = list === undefined ? [] : childrenOf(list).filter((child) => !'(),'.includes(child.name));
    return {
      kind: 'class',
      name: name === undefined ? '' : source.of(name),
      bases: bases.map((base) => expressionOf(base, source)),
      decorators: [],
      body: bodyOf(children.at(-1), source),
    };
  },
  DecoratedStatement: (node, children, source) => {
    const definition = children.at(-1);
    const read = definition && readers[definition.name];
    const bare =
      definition &&
      read?.(
        definition,
        childrenOf(definition).filter(({ name }) => name !== 'Comment'),
        source,
      );
    const decorators = children.slice(0, -1).flatMap((child) => {
      const decorator = childrenOf(child).filter(({ name }) => name !== '@' && name !== 'Comment');
      return decoratorOf(decorator, source);
    });
    return bare?.kind === 'def' || bare?.kind === 'class'
      ? { ...bare, decorators }
      : { kind: 'unsupported', what: whatIs(node) };
  },
  PassStatement: () => ({ kind: 'pass' }),
  BreakStatement: () => ({ kind: 'break' }),
  ContinueStatement: () => ({ kind: 'continue' }),
};

/** `@name`, `@a.name` or `@name(...)`: what matters is the name. */
function decoratorOf(parts: readonly SyntaxNode[], source: Source): Expression[] {
  const [first] = parts;
  const last = parts.findLast(({ name }) => name === 'VariableName' || name === 'PropertyName');
  if (first === undefined || last === undefined) return [];
  return [{ from: first.from, to: last.to, kind: 'name', name: source.of(last) }];
}

function bodyOf(node: SyntaxNode | undefined, source: Source): Block {
  return node === undefined ? [] : blockOf(node, source);
}

interface RawClause {
  readonly keyword: string;
  readonly header: readonly SyntaxNode[];
  readonly body: SyntaxNode | undefined;
}

/** The parts of a compound statement: each a keyword, what follows it, and a body. */
function clauses(children: readonly SyntaxNode[]): RawClause[] {
  const found: RawClause[] = [];
  let open: SyntaxNode[] = [];
  for (const child of children) {
    if (child.name !== 'Body') {
      open.push(child);
      continue;
    }
    const [keyword, ...header] = open;
    found.push({ keyword: keyword?.name ?? '', header, body: child });
    open = [];
  }
  return found;
}

function split(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}

/** `import a.b as c, d` and `from a.b import c as d, e`, the same way. */
function importedNames(children: readonly SyntaxNode[], source: Source): ImportedName[] {
  const at = children.findIndex(({ name }) => name === 'import');
  const text = (nodes: readonly SyntaxNode[]): string =>
    nodes
      .filter(({ name }) => !'()'.includes(name))
      .map((node) => source.of(node))
      .join(' ');
  const module = children
    .slice(1, at)
    .map((node) => source.of(node))
    .join('');
  return split(children.slice(at + 1), ',').flatMap((part): ImportedName[] => {
    const [path = '', as] = text(part)
      .split(' as ')
      .map((side) => side.replaceAll(' ', ''));
    if (path === '') return [];
    if (children[0]?.name === 'from') return [{ module, member: path, name: as ?? path }];
    return [{ module: path, member: undefined, name: as ?? path }];
  });
}
