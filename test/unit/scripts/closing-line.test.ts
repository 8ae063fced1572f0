import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repositoryRoot = join(__dirname, '../../..');

/** Runs Jest with the reporter on a project made of the given test files. */
function runJest(
  files: Readonly<Record<string, string>>,
  ...options: string[]
): { status: number | null; lastLine: string | undefined; output: string } {
  const root = mkdtempSync(join(tmpdir(), 'closing-line-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    const reporter = join(repositoryRoot, 'test/reporter/closing-line.js');
    const config = { rootDir: root, testEnvironment: 'node', transform: {}, reporters: ['default', reporter] };
    const jest = join(repositoryRoot, 'node_modules/jest/bin/jest.js');
    // Both streams go into one file, as a terminal shows them.
    const screen = openSync(join(root, 'screen'), 'w');
    const command = [jest, '--config', JSON.stringify(config), '--runInBand', ...options];
    const run = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', screen, screen] });
    const output = readFileSync(join(root, 'screen'), 'utf8');
    return { status: run.status, lastLine: output.trimEnd().split('\n').at(-1), output };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const passing = `test('holds', () => expect(1).toBe(1));`;

test('a run in which every test passes ends with the counts and succeeds', () => {
  const run = runJest({ 'a.test.js': passing, 'b.test.js': passing });
  expect(run).toMatchObject({ status: 0, lastLine: '2 passed, 0 failed' });
});

test.each([
  ['a failing test', `${passing} test('breaks', () => expect(1).toBe(2));`, '1 passed, 1 failed'],
  ['a skipped test', `${passing} test.skip('waits', () => {});`, '1 passed, 1 failed'],
  ['a test that is still to do', `${passing} test.todo('wanted');`, '1 passed, 1 failed'],
  [
    'a test left out by another one marked as the only one',
    `test.only('alone', () => {}); ${passing}`,
    '1 passed, 1 failed',
  ],
  [
    'every test of a skipped group',
    `describe.skip('group', () => { test('one', () => {}); test('two', () => {}); }); ${passing}`,
    '1 passed, 2 failed',
  ],
  ['a suite that does not start', `throw new Error('not today');`, '0 passed, 1 failed'],
  ['a suite without a test', ``, '0 passed, 1 failed'],
  ['a suite that cannot clean up', `${passing} afterAll(() => { throw new Error('stuck'); });`, '1 passed, 1 failed'],
])('%s counts as failed and fails the run', (_what, source, lastLine) => {
  expect(runJest({ 'a.test.js': source })).toMatchObject({ status: 1, lastLine });
});

test('what counts as failed without having failed is named', () => {
  const run = runJest({ 'a.test.js': `${passing} test.skip('waits', () => {});` });
  expect(run.output).toMatch(/Counts as failed: pending: waits \(.*a\.test\.js\)/);
});

test('a suite that does not start hides no other suite', () => {
  const run = runJest({ 'a.test.js': `require('./missing');`, 'b.test.js': passing });
  expect(run).toMatchObject({ status: 1, lastLine: '1 passed, 1 failed' });
});

test('tests that a name pattern leaves out are not skipped tests', () => {
  const run = runJest({ 'a.test.js': `${passing} test('other', () => {});` }, '-t', 'holds');
  expect(run).toMatchObject({ status: 0, lastLine: '1 passed, 0 failed' });
});

test('a run without any test fails', () => {
  expect(runJest({ 'a.js': '' }, '--passWithNoTests')).toMatchObject({ status: 1, lastLine: '0 passed, 0 failed' });
});
