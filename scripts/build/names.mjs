import { createRequire } from 'node:module';
import { join } from 'node:path';
import { entries } from './parts.mjs';

/** What an entry point exports at run time. */
export function namesIn(compiled, part) {
  const exported = createRequire(join(compiled, 'x.js'))(`./${entries.get(part)}.js`);
  return Object.keys(exported).filter((name) => name !== '__esModule');
}
