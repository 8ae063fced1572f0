import type { Block, Expression, Statement, StatementOf } from './syntax/ast';
import { bodiesOf, expressionsIn, headOf, isMainGuard, namesBoundBy, rootOf } from './syntax/walk';

/** What a function's body, or the whole script, does with one of its variables. */
export interface Variable {
  /** Assigned more than once, or in a way that replaces it. */
  readonly reassigned: boolean;
  /** All its assignments stand in one block, so that a later one may make a new variable. */
  readonly sequential: boolean;
  /** Its fields are set after it was made. */
  readonly mutated: boolean;
  /** Its fields are read. */
  readonly read: boolean;
  /** Its elements are read or set by key. */
  readonly indexed: boolean;
  /** What is appended to it, when it is a list. */
  readonly appended: Expression | undefined;
}

export interface Usage {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Variables that blocks share: to be declared before the statement that uses them first. */
  readonly hoisted: ReadonlyMap<Statement, readonly string[]>;
}

interface Occurrence {
  readonly write: boolean;
  /** From the outermost block: each statement on the way to the occurrence. */
  readonly path: readonly Statement[];
}

const changingMethods = new Set([
  'append',
  'extend',
  'add',
  'CopyFrom',
  'MergeFrom',
  'insert',
  'update',
  'SetInParent',
  'GetCurrentTime',
  'FromDatetime',
  'FromSeconds',
  'FromMilliseconds',
  'FromJsonString',
]);

/** Looks at all uses of the variables that a block binds. Python scopes them to functions, TypeScript to blocks. */
export function usageOf(block: Block): Usage {
  const collector = new Collector();
  collector.block(block, []);
  const variables = new Map<string, Variable>();
  const hoisted = new Map<Statement, string[]>();
  for (const [name, occurrences] of collector.occurrences) {
    const writes = occurrences.filter(({ write }) => write);
    if (writes.length === 0) continue;
    const loops = occurrences.every(({ path }) => path.some((statement) => bindsInLoop(statement, name)));
    const place = loops ? undefined : hoistingPlace(occurrences);
    if (place !== undefined) hoisted.set(place, [...(hoisted.get(place) ?? []), name]);
    const mutated = collector.mutated.has(name);
    variables.set(name, {
      reassigned: (writes.length > 1 && !loops) || mutated || collector.updated.has(name),
      sequential: writes.every(
        ({ path }) => path.length === writes[0]?.path.length && path.at(-2) === writes[0].path.at(-2),
      ),
      mutated,
      read: collector.read.has(name),
      indexed: collector.indexed.has(name),
      appended: collector.appended.get(name),
    });
  }
  return { variables, hoisted };
}

/** The statement to declare a variable before, unless its first assignment can do so itself. */
function hoistingPlace(occurrences: readonly Occurrence[]): Statement | undefined {
  const [first] = occurrences;
  if (first === undefined) return undefined;
  let shared = 0;
  while (occurrences.every(({ path }) => path[shared] !== undefined && path[shared] === first.path[shared]))
    shared += 1;
  const place = first.path[shared] ?? first.path.at(-1);
  const inSharedBlock = first.path.length <= shared + 1 && place?.kind !== 'for';
  return first.write && inSharedBlock ? undefined : place;
}

function bindsInLoop(statement: Statement, name: string): boolean {
  return statement.kind === 'for' && namesBoundBy(statement.target).includes(name);
}

class Collector {
  readonly occurrences = new Map<string, Occurrence[]>();
  readonly mutated = new Set<string>();
  readonly updated = new Set<string>();
  readonly read = new Set<string>();
  readonly indexed = new Set<string>();
  readonly appended = new Map<string, Expression>();

  block(block: Block, path: readonly Statement[]): void {
    for (const statement of block) this.#statement(statement, path);
  }

  #statement(statement: Statement, outer: readonly Statement[]): void {
    const path = [...outer, statement];
    const targets = targetsOf(statement);
    const [iterable] = statement.kind === 'for' ? [statement.iterable] : [];
    if (iterable !== undefined) this.#expression(iterable, path);
    for (const expression of headOf(statement)) {
      if (expression !== iterable && !targets.includes(expression)) this.#expression(expression, path);
    }
    for (const target of targets) this.#target(target, statement, path);
    if (statement.kind === 'def') {
      this.#definition(statement, path);
      return;
    }
    if (statement.kind === 'class') {
      for (const inner of statement.body) if (inner.kind === 'def') this.#definition(inner, path);
      return;
    }
    // These bodies are written out without a block of their own.
    const flat = statement.kind === 'with' || isMainGuard(statement);
    for (const body of bodiesOf(statement)) this.block(body, flat ? outer : path);
  }

  /** A function's own variables are its own affair; it reads those around it. */
  #definition({ body, parameters }: StatementOf<'def'>, path: readonly Statement[]): void {
    const inner = new Collector();
    inner.block(body, path);
    const own = new Set(parameters.map(({ name }) => name));
    for (const [name, occurrences] of inner.occurrences) {
      if (!own.has(name) && occurrences.every(({ write }) => !write)) this.#add(name, { write: false, path });
    }
  }

  #target(target: Expression, statement: Statement, path: readonly Statement[]): void {
    // What a loop binds belongs to the loop; it may be used after it, though, and is declared before it then.
    for (const name of namesBoundBy(target)) this.#add(name, { write: true, path });
    if (target.kind !== 'attribute' && target.kind !== 'index') return;
    this.#expression(target, path);
    const root = rootOf(target);
    if (root !== undefined && holdsAttribute(target)) this.mutated.add(root);
    if (root !== undefined && statement.kind === 'update') this.updated.add(root);
  }

  #expression(expression: Expression, path: readonly Statement[]): void {
    const bound = new Set<string>();
    for (const inner of expressionsIn(expression)) {
      if (inner.kind === 'comprehension') {
        for (const { target } of inner.clauses) for (const name of namesBoundBy(target)) bound.add(name);
      }
      if (inner.kind === 'lambda') for (const { name } of inner.parameters) bound.add(name);
      if (inner.kind === 'name' && !bound.has(inner.name)) this.#add(inner.name, { write: false, path });
      if (inner.kind === 'attribute' && inner.object.kind === 'name') this.read.add(inner.object.name);
      if (inner.kind === 'index' && inner.object.kind === 'name') this.indexed.add(inner.object.name);
      if (inner.kind === 'call') this.#call(inner.callee, inner.args.items[0]?.value.value);
    }
  }

  #call(callee: Expression, argument: Expression | undefined): void {
    if (callee.kind === 'attribute' && callee.object.kind === 'name' && ['get', 'update'].includes(callee.name)) {
      this.indexed.add(callee.object.name);
    }
    if (callee.kind !== 'attribute' || !changingMethods.has(callee.name)) return;
    const root = rootOf(callee.object);
    if (root === undefined) return;
    if (callee.object.kind !== 'name') this.mutated.add(root);
    else if (callee.name === 'append' && argument !== undefined && !this.appended.has(root)) {
      this.appended.set(root, argument);
    } else if (/^(CopyFrom|MergeFrom|GetCurrentTime|From[A-Z]\w+)$/.test(callee.name)) this.mutated.add(root);
  }

  #add(name: string, occurrence: Occurrence): void {
    this.occurrences.set(name, [...(this.occurrences.get(name) ?? []), occurrence]);
    if (occurrence.write && occurrence.path.at(-1)?.kind === 'update') this.updated.add(name);
  }
}

function holdsAttribute(target: Expression): boolean {
  return target.kind === 'attribute' || (target.kind === 'index' && holdsAttribute(target.object));
}

function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'for' || statement.kind === 'update') return [statement.target];
  if (statement.kind === 'with') return statement.contexts.flatMap(({ target }) => (target ? [target] : []));
  return [];
}
