import type { Block, Expression, Statement } from './ast';

/** The expressions directly inside one. Of a comprehension, the variables that it binds are not among them. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'slice':
      return present(expression.parts);
    case 'call':
      return [expression.callee, ...expression.args.items.map(({ value }) => value.value)];
    case 'list':
    case 'tuple':
    case 'set':
      return expression.elements.items.map(({ value }) => value);
    case 'dict':
      return expression.entries.items.flatMap(({ value }) => present([value.key, value.value]));
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'comprehension':
      return present([
        expression.key,
        expression.element,
        ...expression.clauses.flatMap(({ iterable, tests }) => [iterable, ...tests]),
      ]);
    case 'lambda':
      return [expression.body];
    case 'template':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
    case 'await':
    case 'star':
    case 'group':
      return [expression.value];
    case 'yield':
      return present([expression.value]);
    case 'name':
    case 'number':
    case 'string':
    case 'bytes':
    case 'constant':
    case 'unsupported':
      return [];
  }
}

/** An expression and all inside it. */
export function* expressionsIn(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* expressionsIn(child);
}

/** What a statement itself evaluates or binds, its bodies left out. */
export function headOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
      return present([statement.value, ...statement.targets]);
    case 'update':
      return [statement.value, statement.target];
    case 'if':
      return statement.branches.map(({ test }) => test);
    case 'for':
      return [statement.iterable, statement.target];
    case 'while':
      return [statement.test];
    case 'with':
      return statement.contexts.flatMap(({ value, target }) => present([value, target]));
    case 'try':
      return present(statement.handlers.map(({ type }) => type));
    case 'assert':
      return present([statement.test, statement.message]);
    case 'expression':
    case 'raise':
    case 'return':
      return present([statement.value]);
    case 'def':
      return present(statement.parameters.map(({ fallback }) => fallback));
    case 'class':
      return statement.bases;
    case 'comment':
    case 'import':
    case 'pass':
    case 'break':
    case 'continue':
    case 'unsupported':
      return [];
  }
}

export function bodiesOf(statement: Statement): readonly Block[] {
  if (statement.kind === 'if') {
    return [...statement.branches.map(({ body }) => body), ...(statement.otherwise ? [statement.otherwise] : [])];
  }
  if (statement.kind === 'try') {
    const { body, handlers, otherwise, finally: last } = statement;
    return [body, ...handlers.map((handler) => handler.body), ...present([otherwise, last])];
  }
  return 'body' in statement ? [statement.body] : [];
}

/** All statements in a block, at any depth. */
export function* statementsIn(block: Block): Generator<Statement> {
  for (const statement of block) {
    yield statement;
    for (const body of bodiesOf(statement)) yield* statementsIn(body);
  }
}

/** The name at the bottom of `a.b[0].c`. */
export function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' || expression.kind === 'index' ? rootOf(expression.object) : undefined;
}

/** The names that an assignment's or a loop's target binds. */
export function namesBoundBy(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  if (target.kind === 'tuple' || target.kind === 'list') {
    return target.elements.items.flatMap(({ value }) => namesBoundBy(value));
  }
  return target.kind === 'group' || target.kind === 'star' ? namesBoundBy(target.value) : [];
}

/** `if __name__ == "__main__":`, whose body always runs here. */
export function isMainGuard(statement: Statement): boolean {
  if (statement.kind !== 'if' || statement.branches.length !== 1) return false;
  const test = statement.branches[0]?.test;
  return test?.kind === 'binary' && test.left.kind === 'name' && test.left.name === '__name__';
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
