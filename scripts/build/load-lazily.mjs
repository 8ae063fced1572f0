// Makes the files of the package load one another when they are first needed, in place of all at once: a program that
// predicts reads 90 files in place of 220. TypeScript writes each import as a line of its own and each use of it as a property:
//
//   const errors_1 = require("./errors");            let errors_1_; const errors_1 = () => (errors_1_ ??= require("./errors"));
//   throw new errors_1.DecodeError(...);      ->     throw new (errors_1()).DecodeError(...);
//
// Line numbers stay what they are. Codecs and what they are made of are left alone: they are needed at once and often.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const importLine = /^(?:const|var) (\w+_\d+) = (require\("\.{1,2}\/[^"]+"\));$/;

// Node finds the names that an ES module may import in the line that sets all exports to undefined, unless it then meets an
// Object.defineProperty with a getter that it does not know.
const reExport = /^Object(?=\.defineProperty\(exports, "\w+", \{ enumerable: true, get: )/;

const needed = [
  join('generated', 'codec'),
  join('generated', 'google'),
  join('generated', 'proto'),
  join('src', 'wire'),
];

/** @param {string} folder what the compiler wrote, as CommonJS */
export function loadLazily(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js') || needed.some((part) => file.startsWith(part + sep))) continue;
    writeFileSync(join(folder, file), withLazyImports(readFileSync(join(folder, file), 'utf8')));
  }
}

function withLazyImports(text) {
  const lines = text.split('\n');
  const names = lines.flatMap((line) => importLine.exec(line)?.[1] ?? []);
  if (names.length === 0) return text;
  const use = new RegExp(`(?<![\\w$]|[^.]\\.)(${names.join('|')})\\b`, 'g');
  return lines
    .map((line) =>
      importLine.test(line)
        ? line.replace(importLine, 'let $1_; const $1 = () => ($1_ ??= $2);')
        : line.replace(reExport, 'Reflect').replace(use, '($1())'),
    )
    .join('\n');
}
