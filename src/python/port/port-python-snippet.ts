import { invalidArgument, assertString } from '../../base/assert';
import { asyncNamesIn } from './async-names';
import { Imports } from './imports';
import { hardline, render } from './print/doc';
import type { PortProblem } from './problem';
import { Scope, toCamelCase } from './scope';
import { type Style, styles } from './style';
import { parsePython } from './syntax/parse';
import { statementsIn } from './syntax/walk';
import { createContext, type Script } from './translator';
import { unknown } from './type';
import { usageOf } from './usage';

export interface PortOptions {
  /**
   * `idiomatic` writes the `V2Stub` of `clarifai-grpc/rpc` with plain objects in camel case, `python` the names that Python has,
   * from `clarifai-grpc/python`. @default 'idiomatic'
   */
  readonly style?: Style | undefined;
}

export interface PortedSnippet {
  /** TypeScript, for a module: it awaits at the top level. */
  readonly code: string;
  /** What had no translation: a comment that begins with `PORT line` stands for each in the code. */
  readonly problems: readonly PortProblem[];
}

/**
 * Translates a Python snippet that uses `clarifai_grpc` to TypeScript that uses this package.
 *
 * What the snippet takes as given (`stub`, `metadata`, `PAT`, `USER_ID`, `APP_ID`) comes from the environment then. Needs the
 * optional package `@lezer/python`.
 *
 * @throws InvalidRequestError when the source is no Python (with line and column), or a snippet of the Clarifai SDK
 * @example
 * const { code, problems } = portPythonSnippet(readFileSync('snippet.py', 'utf8'));
 * @public
 */
export function portPythonSnippet(source: string, options: PortOptions = {}): PortedSnippet {
  assertString(source, 'source');
  const { style = 'idiomatic' } = options;
  if (!styles.includes(style)) throw invalidArgument('style', "'idiomatic' or 'python'", style);
  const parsed = parsePython(source);
  const global = new Scope(undefined, style === 'python' ? (name) => name : toCamelCase);
  const script: Script = {
    style,
    source: parsed.source,
    imports: new Imports(),
    problems: [],
    given: [],
    asyncNames: asyncNamesIn(parsed.body),
    global,
  };
  // Functions may be called above the place where they are defined.
  for (const statement of statementsIn(parsed.body)) {
    if (statement.kind !== 'def') continue;
    const { name, parameters } = statement;
    const async = script.asyncNames.has(name);
    global.bind(name, {
      kind: 'function',
      async,
      parameters: parameters.map((one) => one.name),
      result: { type: unknown, optional: false },
    });
  }
  const context = createContext(script, { scope: global, usage: usageOf(parsed.body), failed: [], returned: [] });
  const body = context.block(parsed.body);
  const imports = script.imports.doc;
  const head = imports.length === 0 ? ['export {};', hardline] : imports;
  const given = script.given.length === 0 ? [] : [script.given, hardline];
  return { code: render([head, hardline, given, body]), problems: script.problems };
}
