// The public surface, as scripts/api.json: for each entry point of package.json every exported name with its declaration,
// as users' editors show it. `--update` writes the file (`npm run api`); without, a difference is printed and exits with 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const update = process.argv.includes('--update');
const root = resolve(
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? join(import.meta.dirname, '..'),
);
const snapshotFile = join(root, 'scripts/api.json');

const printer = ts.createPrinter({ removeComments: true });

/** The TypeScript source of each entry point, by subpath. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, { types }]) => [subpath, join(root, types.replace('./dist/', '').replace(/\.d\.ts$/, '.ts'))]);
}

const options = readOptions();
const entries = entryPoints().filter(([, file]) => existsSync(file));
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
      for (const { name } of statement.declarationList.declarations) add(name.text, statement);
    } else if (statement.name !== undefined) add(statement.name.text, statement);
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

/** The declarations of an exported name: one, or several for overloads and for what is both a type and a value. */
function describe(symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.declarations ?? []).flatMap((declaration) => {
    const sourceFile = declaration.getSourceFile();
    const path = relative(root, sourceFile.fileName).replaceAll('\\', '/');
    // The manifest of the protos pins what is generated from them.
    if (path.startsWith('generated/proto/')) return [`from ${dirname(path)}`];
    if (program.isSourceFileFromExternalLibrary(sourceFile))
      return [`from ${path.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*/, '$1')}`];
    return declarationsOf(sourceFile).get(target.name) ?? [];
  });
}

function surface() {
  return Object.fromEntries(
    entries.map(([subpath, file]) => {
      const exported = checker.getExportsOfModule(
        checker.getSymbolAtLocation(program.getSourceFile(file)) ?? empty(file),
      );
      const rows = exported.map((symbol) => [
        symbol.name,
        [...new Set(describe(symbol))].flatMap((text) => text.split('\n')),
      ]);
      return [
        subpath,
        Object.fromEntries(rows.filter(([, lines]) => lines.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))),
      ];
    }),
  );
}

function empty(file) {
  throw new Error(`${relative(root, file)} exports nothing`);
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
