import { join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { namesIn } from './names.mjs';
import { entries, partOf, published } from './parts.mjs';

// For users whose library has no Symbol.asyncDispose yet.
const banner = '/// <reference lib="esnext.disposable" preserve="true" />';

/**
 * Joins the declarations that the entry points reach, and no others, into one file for each entry point and one that they
 * share.
 *
 * @param {string} compiled folder of the compiler's output
 * @param {string} target folder to write to
 */
export async function bundleTypes(compiled, target) {
  const moduleOf = (/** @type {string} */ id) =>
    relative(compiled, id)
      .replaceAll('\\', '/')
      .replace(/\.d\.ts$/, '');
  const bundle = await rollup({
    input: Object.fromEntries(published.map((part) => [part, join(compiled, `${entries.get(part)}.d.ts`)])),
    external: /^[^./]/,
    plugins: [dts(), markTypes(compiled)],
    onwarn(warning, warn) {
      // Types that are part of others and have no public name of their own.
      if (!/references private shared type exports/.test(warning.message)) warn(warning);
    },
  });
  await bundle.write({
    dir: target,
    format: 'es',
    banner,
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name].d.ts',
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    manualChunks: (id) => (published.includes(partOf(moduleOf(id))) ? undefined : 'types'),
  });
  await bundle.close();
}

/**
 * `export type { App }` says that a class can be named and not made. What joins the files forgets that word, so it is given back
 * to every name that is not there at run time.
 *
 * @returns {import('rollup').Plugin}
 */
function markTypes(compiled) {
  return {
    name: 'mark-types',
    renderChunk(code, { name, isEntry }) {
      if (!isEntry) return null;
      const values = namesIn(compiled, name);
      const mark = (/** @type {string} */ item) =>
        values.includes(item.split(' as ').at(-1) ?? '') || item.startsWith('type ') ? item : `type ${item}`;
      return code.replace(/^export \{ (.*) \}/gm, (_, items) => `export { ${items.split(', ').map(mark).join(', ')} }`);
    },
  };
}
