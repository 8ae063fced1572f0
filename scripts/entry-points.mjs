import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What package.json publishes for import and require, each by its subpath, with its source and its name in dist: `./rpc` is
 * src/rpc/index.ts and dist/rpc.js.
 *
 * @param {string} root
 */
export function entryPoints(root) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => {
      const folder = subpath.slice(2);
      return folder === ''
        ? { subpath, name: 'index', source: 'src/index.ts' }
        : { subpath, name: folder, source: `src/${folder}/index.ts` };
    });
}
