// Holds the imports of src and generated to the table of layers, and finds circles among them.
// `node scripts/check-layers.mjs [root]`: prints every violation and exits with 1 when there is one.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { cycles } from './check-layers/cycles.mjs';
import { importsOf } from './check-layers/imports.mjs';
import { forbidden, layers, mayImport, usersOfThePackage } from './check-layers/table.mjs';
import { entryPoints } from './entry-points.mjs';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));

function sourceFiles() {
  return ['src', 'generated']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function layerOf(file) {
  return layers.find(([path]) => file.startsWith(path))?.[1];
}

/** The file a relative import leads to. */
function target(file, specifier) {
  const path = posix.join(dirname(file), specifier);
  return [`${path}.ts`, `${path}/index.ts`, path].find(
    (candidate) => candidate.endsWith('.ts') && existsSync(join(root, candidate)),
  );
}

function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What is wrong with one import, or undefined. */
function judge(file, { specifier, typeOnly }, entries) {
  if (forbidden.some((pattern) => pattern.test(specifier)))
    return `imports ${specifier}, which is internal to its package`;
  const from = layerOf(file);
  if (from === undefined) return undefined;
  if (!specifier.startsWith('.')) {
    const name = packageName(specifier);
    if (typeOnly || specifier.startsWith('node:') || mayImport[from].includes(name)) return undefined;
    return `${from} may not import the package ${name}`;
  }
  const to = target(file, specifier);
  if (to === undefined) return `imports ${specifier}, which does not exist`;
  const layer = layerOf(to);
  if (typeOnly || layer === from) return undefined;
  if (usersOfThePackage.includes(from)) {
    return entries.includes(to) ? undefined : `${from} may import the package's entry points only, not ${to}`;
  }
  return mayImport[from].includes(layer)
    ? undefined
    : `${from} may not import ${layer ?? 'a file of no layer'} (${to})`;
}

const files = sourceFiles();
// The only index files there may be, and all that the cli may import.
const entries = entryPoints(root).map(({ source }) => source);
const violations = [];
const graph = new Map();
for (const file of files) {
  if (layerOf(file) === undefined)
    violations.push(`${file}: lies in no layer: give its folder a row in scripts/check-layers/table.mjs`);
  if (posix.basename(file) === 'index.ts' && !entries.includes(file)) {
    violations.push(`${file}: an index file that package.json does not export: import the files themselves`);
  }
  const imports = importsOf(join(root, file));
  for (const found of imports) {
    const complaint = judge(file, found, entries);
    if (complaint !== undefined) violations.push(`${file}:${found.line}: ${complaint}`);
  }
  const atRunTime = imports.filter(({ specifier, typeOnly }) => !typeOnly && specifier.startsWith('.'));
  graph.set(file, new Set(atRunTime.map(({ specifier }) => target(file, specifier)).filter((to) => to !== undefined)));
}
for (const circle of cycles(graph)) violations.push(`import circle: ${circle.join(' -> ')}`);

for (const violation of violations) console.error(violation);
const place = relative(process.cwd(), root) || '.';
console.log(`check-layers: ${files.length} files in ${place}, ${violations.length} violations`);
if (violations.length > 0) process.exitCode = 1;
