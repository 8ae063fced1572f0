import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from './ran';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('port writes TypeScript to stdout and ends with 0', async () => {
  expect(await ran(['port', file('a.py', 'x = 1\n')])).toEqual({
    code: 0,
    out: 'export {};\n\nconst x = 1;\n',
    err: '',
  });
});

test('port writes to a file when it is told to', async () => {
  const target = join(folder, 'a.ts');
  expect(await ran(['port', file('a.py', 'x = 1\n'), '--out', target])).toEqual({ code: 0, out: '', err: '' });
  expect(readFileSync(target, 'utf8')).toBe('export {};\n\nconst x = 1;\n');
});

test('what has no translation is told on stderr, with 3', async () => {
  const path = file('b.py', 'x = 1\nmatch x:\n    case 1:\n        pass\n');
  const { code, out, err } = await ran(['port', path]);
  expect(code).toBe(3);
  expect(err).toBe(`${path}:2:1: a match statement has no translation\n`);
  expect(out).toContain('// PORT line 2: a match statement has no translation');
});

test('a syntax error, and a file that is not there, end with 1', async () => {
  expect(await ran(['port', file('c.py', 'x = (\n')])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^clarifai-grpc: Python syntax error at line 2, column 1: unexpected end\n$/),
  });
  expect(await ran(['port', join(folder, 'none.py')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('ENOENT'),
  });
});

test.each([[[]], [['prot']], [['port']], [['port', 'a.py', '--styel', 'x']], [['port', 'a.py', '--style', 'java']]])(
  'a wrong command line ends with 2 and says why on stderr: %j',
  async (args) => {
    const { code, out, err } = await ran(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  },
);

test('an option of other commands is refused, and not suggested in its own place', async () => {
  const { code, err } = await ran(['port', 'a.py', '--json']);
  expect({ code, err }).toEqual({ code: 2, err: "error: unknown option '--json'\n" });
});

test('with --json a wrong command line is told as JSON', async () => {
  const { code, err } = await ran(['predict', 'model', '--json'], { env: { HOME: folder } });
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({ error: { name: 'UsageError', code: 'USAGE' } });
});

test('help and version go to stdout, with 0', async () => {
  expect(await ran(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('port') });
  expect(await ran(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});
