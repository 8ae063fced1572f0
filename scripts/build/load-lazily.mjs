// Makes modules load one another, and the package long, when they are first needed, in place of all at once: a program that predicts
// runs 90 modules in place of 220. TypeScript writes each import as a line of its own and each use of it as a property:
//
//   const errors_1 = require("./errors");            let errors_1_; const errors_1 = () => (errors_1_ ??= require("./errors"));
//   throw new errors_1.DecodeError(...);      ->     throw new (errors_1()).DecodeError(...);
//
// What codecs are made of is left alone, but for long: it is needed at once and often.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

const importLine = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("(\.[^"]+|long)"\)\)?);$/;
// `(0, a.b)()` keeps the module from being `this` in b, which no function of ours looks at.
const call = /\(0, (\w+_\d+\.\w+)\)\(/g;
// The same names as further down, for modules that need one another in a circle.
const announcement = /^exports\.\w+ = (?:exports\.\w+ = )*void 0;$/;
// A bundler takes a package that may be missing for one that must be there, unless it is asked for in a `try`.
const optional = /\(\) => (require\(['"][^.'"][^'"]*['"]\))/g;
const exportStar = /^__exportStar\((require\("([^"]+)"\)), exports\);$/;

// Node takes the names of an entry point from its last line, unless it meets an Object.defineProperty with a getter that it does
// not know.
const reExport = /^Object(?=\.defineProperty\(exports, "\w+", \{ enumerable: true, get: )/;

const needed = [join('generated', 'codec'), join('src', 'wire')];

/** @param {string} folder what the compiler wrote, as CommonJS */
export function loadLazily(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const path = join(folder, file);
    const isLazy = needed.some((part) => file.startsWith(part + sep))
      ? (/** @type {string} */ imported) => imported === 'long'
      : () => true;
    writeFileSync(path, withLazyImports(readFileSync(path, 'utf8'), isLazy, createRequire(path)));
  }
}

function withLazyImports(text, isLazy, require) {
  const lines = text
    .replace(call, '$1(')
    .replace(optional, '() => { try { return $1; } catch (error) { throw error; } }')
    .split('\n')
    .filter((line) => !announcement.test(line));
  const lazyImport = (/** @type {string} */ line) => {
    const found = importLine.exec(line);
    return found && isLazy(found[3]) ? found : undefined;
  };
  const names = lines.flatMap((line) => lazyImport(line)?.[1] ?? []);
  const use = new RegExp(`(?<![\\w$]|[^.]\\.)(${names.join('|') || '(?!)'})\\b`, 'g');
  return lines
    .map((line) =>
      lazyImport(line)
        ? line.replace(importLine, 'let $1_; const $1 = () => ($1_ ??= $2);')
        : line
            .replace(exportStar, (_line, load, path) => lazyStar(Object.keys(require(path)), load))
            .replace(reExport, 'Reflect')
            .replace(use, '($1())'),
    )
    .join('\n');
}

/** As `export *`, of names that are known before the module has run. */
function lazyStar(names, load) {
  const getter = `Reflect.defineProperty(exports, name, { enumerable: true, get: () => ${load}[name] })`;
  return `for (const name of ${JSON.stringify(names)}) ${getter};`;
}
