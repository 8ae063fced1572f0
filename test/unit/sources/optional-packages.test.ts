import { fromCsv } from '../../../src/sources/from-csv';
import { fromJsonLines } from '../../../src/sources/from-json-lines';
import { fromZip } from '../../../src/sources/from-zip';

function notInstalled(): never {
  throw new Error('Cannot find module');
}

jest.mock('csv-parse/sync', notInstalled);
jest.mock('yauzl', notInstalled);

test('a source whose package is not installed says at once which one to install', () => {
  expect(() => fromCsv('rows.csv')).toThrow('CSV files need the package csv-parse: npm install csv-parse');
  expect(() => fromZip('a.zip')).toThrow('Zip archives need the package yauzl: npm install yauzl');
});

test('a source without a package of its own needs none', () => {
  expect(() => fromJsonLines('rows.jsonl')).not.toThrow();
});
