import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { portPythonSnippet } from '../../src/python/port/port-python-snippet';
import { typeErrorsOf } from '../golden/type-errors';
import { generatePython, runPorted, runPython } from './python-programs';

const folderOf = join(__dirname, '../fixtures/python/programs');
const only = process.env['ONLY'];
const programs = readdirSync(folderOf)
  .filter((f) => f.endsWith('.py') && (!only || new RegExp(only).test(f)))
  .map((file) => ({
    name: basename(file, '.py'),
    source: readFileSync(join(folderOf, file), 'utf8'),
  }));
const env = {
  ...process.env,
  CLARIFAI_PAT: 'pat-0123456789abcdef',
  CLARIFAI_USER_ID: 'user-1',
  CLARIFAI_APP_ID: 'app-1',
};
const styles = ['idiomatic', 'python'] as const;
const ported = programs.flatMap(({ name, source }) =>
  styles.map((style) => {
    try {
      return { name, style, ...portPythonSnippet(source, { style }) };
    } catch (error) {
      return { name, style, code: '', problems: [{ line: 0, column: 0, message: String((error as Error).stack) }] };
    }
  }),
);
for (const { name, style, code } of ported)
  if (process.env['OUT']) writeFileSync(join(process.env['OUT'], `${name}.${style}.ts`), code);

let folder: string;
const before = process.cwd();
beforeAll(() => {
  generatePython();
  folder = mkdtempSync(join(tmpdir(), 'python-'));
  writeFileSync(
    join(folder, 'pattern.bin'),
    Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256),
  );
  writeFileSync(join(folder, 'captions.txt'), 'a train\na dog, asleep\n\nübermorgen\n');
  writeFileSync(join(folder, 'concepts.json'), '[{"id": "cat", "name": "Cat"}, {"id": "dog", "name": "Dög"}]');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test('nothing is left untranslated', () => {
  expect(
    ported.flatMap(({ name, style, problems }) => problems.map((one) => `${name}.${style}:${one.line} ${one.message}`)),
  ).toEqual([]);
});

test('what is ported passes the type checker', () => {
  expect(typeErrorsOf(ported.map(({ name, style, code }) => ({ name: `${name}.${style}`, code })))).toEqual([]);
});

describe.each(programs)('$name', ({ name, source }) => {
  test.each(styles)('%s', async (style) => {
    const file = join(folder, `${name}.py`);
    writeFileSync(file, source);
    const inPython = await runPython(file, folder, env);
    const code = ported.find((one) => one.name === name && one.style === style)?.code ?? '';
    expect(await runPorted(code, env)).toEqual(inPython);
  });
});
