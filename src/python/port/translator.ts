import type { Context } from './context';
import type { Imports } from './imports';
import type { Knowledge } from './knowledge';
import { type Doc, hardline, suffix } from './print/doc';
import { type PortProblem, Untranslatable } from './problem';
import { moduleNamed, memberOf } from './proto/modules';
import { importRpc } from './proto/names';
import { Scope } from './scope';
import type { Block, Statement } from './syntax/ast';
import type { Source } from './syntax/tree';
import { namesBoundBy, statementsIn } from './syntax/walk';
import type { Style } from './style';
import { string, type Type, unknown } from './type';
import { level, type Value, value } from './value';
import { optionsOf } from './translate/argparse';
import { entity } from './translate/attribute';
import { translateExpression } from './translate/expression';
import { translateStatement } from './translate/statement';
import { withStructUpdates } from './translate/struct-updates';

/** What all parts of one script share. */
export interface Script {
  readonly style: Style;
  readonly source: Source;
  readonly body: Block;
  readonly imports: Imports;
  readonly knowledge: Knowledge;
  readonly problems: PortProblem[];
  /** Declarations of what the snippet takes as given. */
  readonly given: Doc[];
  readonly asyncNames: ReadonlySet<string>;
  readonly global: Scope;
}

type Frame = Pick<Context, 'scope' | 'usage' | 'failed' | 'returned'>;

/** The context of a function's body, or of the script. */
export function createContext(script: Script, frame: Frame, before: Doc[] = []): Context {
  const { source, imports, knowledge, asyncNames, style } = script;
  const context: Context = {
    style,
    source,
    imports,
    knowledge,
    asyncNames,
    before,
    ...frame,
    expression: (node, expected) => translateExpression(node, context, expected),
    block: (body, changes = {}) => translateBlock(body, script, { ...frame, ...changes }),
    nested: (own = before) => createContext(script, { ...frame, scope: new Scope(frame.scope) }, own),
    inBlock: () => createContext(script, { ...frame, scope: frame.scope.block() }, before),
    report: (problem) => report(problem, script),
    errorClass: (name) => errorClass(name, script),
    optionsOf: (parser) => optionsOf([...statementsIn(script.body)], parser),
    given: (name, offset) => given(name, offset, script, context),
  };
  return context;
}

function translateBlock(body: Block, script: Script, frame: Frame): Doc {
  const docs: Doc[] = [];
  for (const statement of script.style === 'python' ? body : withStructUpdates(body)) {
    const doc = oneStatement(statement, script, frame);
    if (doc.length === 0) continue;
    const blank = statement.blankBefore && docs.length > 0;
    docs.push([docs.length === 0 ? [] : hardline, blank ? hardline : [], doc]);
  }
  return docs;
}

/** A statement with its comments, what it needs before it, and what has to be declared there. */
function oneStatement(statement: Statement, script: Script, frame: Frame): readonly Doc[] {
  const comments = statement.comments.flatMap((text): Doc[] => [`//${text}`, hardline]);
  const { scope, usage } = frame;
  const hoisted = (usage.hoisted.get(statement) ?? []).filter((name) => !scope.has(name));
  const declared = hoisted.flatMap((name): Doc[] => [`let ${scope.bind(name, unknown).text};`, hardline]);
  const before: Doc[] = [];
  const context = createContext(script, frame, before);
  const problems = script.problems.length;
  const trailing = statement.trailing === undefined ? [] : [suffix(`//${statement.trailing}`)];
  try {
    const doc = translateStatement(statement, context);
    const lines = doc === undefined ? before.slice(0, -1) : [...before, doc];
    if (lines.length > 0) return [comments, declared, lines, trailing];
    return statement.trailing === undefined ? comments.slice(0, -1) : [comments, `//${statement.trailing}`];
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    // What was noted inside belongs to a translation that is thrown away; the comment shows the whole statement.
    script.problems.length = problems;
    return [comments, declared, untranslated(statement, error, script, frame)];
  }
}

/** The statement as a comment, and its names declared so that what follows can be compiled. */
function untranslated(statement: Statement, error: Untranslatable, script: Script, { scope }: Frame): Doc {
  const marker = `// ${report(error, script)}`;
  const lines = script.source.of(statement).split('\n');
  const docs: Doc[] = [
    marker,
    ...lines.flatMap((line): Doc[] => (line.trim() === '' ? [] : [hardline, `//   ${line}`])),
  ];
  for (const name of namesDefinedIn(statement, script.source)) {
    if (scope.has(name)) continue;
    docs.push(hardline, `let ${scope.bind(name, unknown).text}: any;`);
  }
  return docs;
}

function namesDefinedIn(statement: Statement, source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  const outer: Iterable<Statement> = statement.kind === 'def' ? [] : statementsIn([statement]);
  for (const one of outer) {
    if (one.kind === 'assign')
      for (const target of one.targets) for (const name of namesBoundBy(target)) names.add(name);
  }
  const defined = /^(?:@.*\n)*\s*(?:async\s+)?(?:def|class)\s+(\w+)/.exec(source.of(statement))?.[1];
  if (defined !== undefined) names.add(defined);
  return names;
}

function report(problem: Untranslatable, { source, problems }: Script): string {
  const { line, column } = source.position(problem.offset);
  problems.push({ line, column, message: problem.message });
  return `PORT line ${line}: ${problem.message}`;
}

/** Names of Python's modules that snippets use without an import. */
const usualNames: Readonly<Record<string, readonly [module: string, member: string]>> = {
  ClarifaiChannel: ['clarifai_channel', 'ClarifaiChannel'],
  Struct: ['struct_pb2', 'Struct'],
  Timestamp: ['timestamp_pb2', 'Timestamp'],
  MessageToDict: ['json_format', 'MessageToDict'],
  MessageToJson: ['json_format', 'MessageToJson'],
  ParseDict: ['json_format', 'ParseDict'],
};

const environmentNames = new Set(['PAT', 'USER_ID', 'APP_ID']);

function newStub({ style, imports }: Script): string {
  if (style === 'idiomatic') return `new ${importRpc(imports, 'V2Stub')}()`;
  const grpc = imports.value('clarifai-grpc/python', 'service_pb2_grpc');
  return `${grpc}.V2Stub(${imports.value('clarifai-grpc/python', 'ClarifaiChannel')}.get_grpc_channel())`;
}

function errorClass(name: string, { given, global }: Script): string {
  const key = `<class ${name}>`;
  if (!global.has(key)) {
    global.bindAs(key, name, unknown);
    given.push([`class ${name} extends Error {}`, hardline]);
  }
  return name;
}

/** A name that the snippet does not define: the documentation's initialisation does, or nobody. */
function given(name: string, offset: number, script: Script, context: Context): Value {
  const { global } = script;
  const module = moduleNamed(name);
  if (module !== undefined) return value(name, { kind: 'module', name: module });
  const usual = usualNames[name];
  if (usual !== undefined) return entity(memberOf({ kind: 'module', name: usual[0] }, usual[1]), name, context, offset);
  if (name === 'metadata') return value('undefined', { kind: 'given' });
  const declare = (type: Type, is: string): Value => {
    const { text } = global.bind(name, type);
    script.given.push([`const ${text} = ${is};`, hardline]);
    return value(text, type);
  };
  if (name === 'stub') return declare({ kind: 'stub' }, newStub(script));
  if (environmentNames.has(name)) return declare(string, `process.env.CLARIFAI_${name} ?? ''`);
  const marker = report(new Untranslatable(`\`${name}\` is not defined in the snippet`, offset), script);
  const { text } = global.bind(name, unknown);
  script.given.push([`declare const ${text}: any; // ${marker}`, hardline]);
  return value(text, unknown, level.primary);
}
