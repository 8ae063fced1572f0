// The public surface, as scripts/api.json: for each entry point of package.json every exported name with its declaration,
// as users' editors show it. `--update` writes the file (`npm run api`); without, a difference is printed and exits with 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { entryPoints } from './entry-points.mjs';

const update = process.argv.includes('--update');
const root = resolve(
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? join(import.meta.dirname, '..'),
);
const snapshotFile = join(root, 'scripts/api.json');

const printer = ts.createPrinter({ removeComments: true });

const options = readOptions();
const entries = entryPoints(root)
  .map(({ subpath, source }) => [subpath, join(root, source)])
  .filter(([, file]) => existsSync(file));
const program = ts.createProgram(
  entries.map(([, file]) => file),
  options,
);
const checker = program.getTypeChecker();

function readOptions() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, noEmit: false, stripInternal: true };
}

/** The declarations that a source file's .d.ts holds, by name. */
const declarationsOf = memoize((sourceFile) => {
  const { outputText } = ts.transpileDeclaration(sourceFile.text, {
    fileName: sourceFile.fileName,
    compilerOptions: options,
  });
  const declared = ts.createSourceFile('x.d.ts', outputText, ts.ScriptTarget.Latest, true);
  const byName = new Map();
  const add = (name, node) => byName.set(name, [...(byName.get(name) ?? []), print(node, declared)]);
  for (const statement of declared.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) add(name.getText(declared), statement);
    } else if ('name' in statement) add(/** @type {ts.Identifier} */ (statement.name).text, statement);
  }
  return byName;
});

function memoize(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}

function print(node, file) {
  return printer.printNode(ts.EmitHint.Unspecified, node, file).replace(/^export (declare )?/, '');
}

/**
 * What an exported name is: the lines that declare it, of which there are more for overloads and for what is both a type
 * and a value.
 */
function describe(symbol) {
  const declarations = (symbol.declarations ?? []).flatMap((declaration) => {
    const sourceFile = declaration.getSourceFile();
    if (!program.isSourceFileFromExternalLibrary(sourceFile)) return declarationsOf(sourceFile).get(symbol.name) ?? [];
    return [`from ${pathOf(sourceFile).replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*/, '$1')}`];
  });
  return [...new Set(declarations)].flatMap((text) => text.split('\n'));
}

/** The generated module that a name comes from. Of these the names are enough: the manifest of the protos pins the rest. */
function generatedModule(symbol) {
  const path = symbol.declarations === undefined ? '' : pathOf(symbol.declarations[0].getSourceFile());
  return path.startsWith('generated/proto/') ? path.replace(/\.ts$/, '') : undefined;
}

function pathOf(sourceFile) {
  return relative(root, sourceFile.fileName).replaceAll('\\', '/');
}

function surface() {
  return Object.fromEntries(entries.map(([subpath, file]) => [subpath, exportsOf(file)]));
}

function exportsOf(file) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${relative(root, file)} exports nothing`);
  const rows = {};
  for (const exported of checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const generated = generatedModule(symbol);
    if (generated === undefined) rows[exported.name] = describe(symbol);
    else (rows[generated] ??= []).push(exported.name);
  }
  return rows;
}

/** `+` and `-` lines for each name whose declaration differs. */
function differences(before, after) {
  const subpaths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return subpaths.flatMap((subpath) => {
    const [old, now] = [before[subpath] ?? {}, after[subpath] ?? {}];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((name) => {
      const [gone, come] = [old[name] ?? [], now[name] ?? []];
      return [
        ...gone.filter((line) => !come.includes(line)).map((line) => `- ${subpath} ${name}: ${line}`),
        ...come.filter((line) => !gone.includes(line)).map((line) => `+ ${subpath} ${name}: ${line}`),
      ];
    });
  });
}

const after = surface();
if (update) {
  writeFileSync(snapshotFile, `${JSON.stringify(after, null, 2)}\n`);
} else {
  const lines = differences(existsSync(snapshotFile) ? JSON.parse(readFileSync(snapshotFile, 'utf8')) : {}, after);
  for (const line of lines) console.error(line);
  if (lines.length > 0) {
    console.error(
      'The public surface differs from scripts/api.json. If that is wanted, run `npm run api` and commit the file.',
    );
    process.exitCode = 1;
  }
}
