// Joins the modules that the compiler wrote, as CommonJS, into the few files of dist. esbuild wraps each in a function that runs
// when it is first required; a module of another file is reached through what that file publishes:
//
//   exports["src/base/errors"] = () => require("./src/base/errors");      in core.js
//   require("./core.js")["src/base/errors"]()                             in the files that need it
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { minify } from '@swc/core';
import { build, transform } from 'esbuild';
import { namesIn } from './names.mjs';
import { entries, isGenerated, partOf, published } from './parts.mjs';

const target = 'node20.19';

/** @param {string} compiled folder of the compiler's output @param {string} folder to write to */
export async function bundle(compiled, folder) {
  mkdirSync(folder, { recursive: true });
  const parts = [...reachedModules(compiled)];
  await Promise.all(parts.map(([part, modules]) => writePart(part, modules, compiled, join(folder, `${part}.js`))));
}

async function writePart(part, modules, compiled, file) {
  const { outputFiles } = await build({
    ...startOf(part, modules, compiled),
    outfile: file,
    absWorkingDir: compiled,
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target,
    packages: 'external',
    plugins: [linkParts(part, compiled)],
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const code = await shorten(outputFiles[0].text, isGenerated(part) ? 0 : 500);
  writeFileSync(file, code + hintOf(part, compiled), { mode: part === 'cli' ? 0o755 : 0o644 });
}

/** Shortens what nobody reads. Functions and classes keep their names, and lines an end, for the sake of stack traces. */
async function shorten(text, lineLimit) {
  const names = { keep_fnames: true, keep_classnames: true, keep_private_props: true };
  const { code: mangled } = await minify(text, { compress: false, mangle: names, ecma: 2022, module: false });
  const { code } = await transform(mangled, { minifyWhitespace: true, legalComments: 'none', target, lineLimit });
  return code;
}

/** For each file of dist the modules that it publishes: where it begins, or what other files require of it. */
function reachedModules(compiled) {
  const reached = new Map([...entries].map(([part, module]) => [part, new Set([module])]));
  for (const module of modulesIn(compiled)) {
    for (const needed of requirements(compiled, module)) {
      const part = partOf(needed);
      if (part === partOf(module)) continue;
      if (entries.has(part) && entries.get(part) !== needed)
        throw new Error(
          `${module} needs ${needed}, but ${part}.js publishes its entry point only: see build/parts.mjs`,
        );
      reached.set(part, (reached.get(part) ?? new Set()).add(needed));
    }
  }
  return reached;
}

function modulesIn(compiled) {
  return readdirSync(compiled, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length).replaceAll('\\', '/'));
}

function requirements(compiled, module) {
  const text = readFileSync(join(compiled, `${module}.js`), 'utf8');
  return [...text.matchAll(/\brequire\(["'](\.[^"']+)["']\)/g)].map(([, path]) =>
    resolve(compiled, posix.join(posix.dirname(module), path)),
  );
}

function resolve(compiled, path) {
  const module = [path, `${path}/index`].find((candidate) => existsSync(join(compiled, `${candidate}.js`)));
  if (module === undefined) throw new Error(`The compiler wrote no ${path}.js`);
  return module;
}

function startOf(part, modules, compiled) {
  const entry = entries.get(part);
  if (entry !== undefined) return { entryPoints: [join(compiled, `${entry}.js`)] };
  const lines = [...modules].sort().map((module) => `exports["${module}"] = () => require("./${module}");`);
  return { stdin: { contents: lines.join('\n'), resolveDir: compiled } };
}

/** @returns {import('esbuild').Plugin} */
function linkParts(part, compiled) {
  return {
    name: 'link-parts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, namespace }) => {
        if (namespace === 'part') return { path, external: true };
        const module = resolve(compiled, posix.join(relative(compiled, resolveDir).replaceAll('\\', '/'), path));
        return partOf(module) === part
          ? { path: join(compiled, `${module}.js`) }
          : { path: module, namespace: 'part', sideEffects: false };
      });
      onLoad({ filter: /./, namespace: 'part' }, ({ path: module }) => {
        const needed = partOf(module);
        const file = `require("./${needed}.js")`;
        return { contents: `module.exports = ${entries.has(needed) ? file : `${file}["${module}"]()`};` };
      });
    },
  };
}

/** The names of an entry point, in the one form in which Node finds them for an ES module that imports it. */
function hintOf(part, compiled) {
  if (!published.includes(part)) return '';
  return `0 && (module.exports = { ${namesIn(compiled, part).join(', ')} });`;
}
