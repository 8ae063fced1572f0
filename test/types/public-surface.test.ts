import { methodOf, rows } from '../emulator/client/resources/surface/rows';
import { type Leak, publicSurface } from './public-surface';

const { methods, leaks } = publicSurface();

function on(side: Leak['side']): readonly Leak[] {
  return leaks.filter((leak) => leak.side === side);
}

/** What may be anything: what was thrown, and what a caller gave an abort for a reason. */
const anything = [
  'node_modules/typescript/lib/lib.es2022.error.d.ts cause',
  'src/ingestion/outcome.ts reason',
  'src/ingestion/source.ts nack',
  'src/resources/post-drafts.ts reason',
  'src/runner/session-options.ts onError',
];

test('every method of the client and its handles is looked at', () => {
  expect(
    Object.keys(rows)
      .map(methodOf)
      .filter((method) => !methods.includes(method)),
  ).toEqual([]);
});

test('no type of an argument or a result is `any`', () => {
  expect(leaks.filter(({ kind }) => kind === 'any')).toEqual([]);
});

test('results are known down to their last field', () => {
  expect(new Set(on('result').map(({ declared }) => declared))).toEqual(new Set(anything));
});

test('of arguments only the values of JSON objects are left open', () => {
  expect(
    on('argument').filter(({ path, declared }) => !path.endsWith('[key]') && !/ defaultValue$/.test(declared)),
  ).toEqual([]);
});
