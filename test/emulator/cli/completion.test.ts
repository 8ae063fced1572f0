import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ran } from '../../unit/cli/ran';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a shell is told when the last of the words is being written. */
async function candidates(...words: string[]): Promise<string[]> {
  const { code, out } = await ran(['complete', '--', ...words], { env: { HOME: folder } });
  expect(code).toBe(0);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

test('commands are completed, those of groups after their group; hidden ones are not', async () => {
  expect(await candidates('')).toEqual(expect.arrayContaining(['login', 'predict', 'workflow', 'completion']));
  expect(await candidates('')).not.toContain('complete');
  expect(await candidates('pre')).toEqual(['predict']);
  expect(await candidates('config', '')).toEqual(['list', 'get', 'use', 'create', 'delete', 'path']);
  expect(await candidates('--user-id', 'me', 'workflow', 'r')).toEqual(['run']);
});

test('options are completed, those that were given only if they may come again', async () => {
  expect(await candidates('predict', '--max')).toEqual(['--max-concepts']);
  const left = await candidates('predict', 'model', '--json', '--text', 'x', '--');
  expect(left).toEqual(expect.arrayContaining(['--text', '--quiet', '--help']));
  expect(left).not.toContain('--json');
  expect(await candidates('--con')).toEqual(['--context', '--config']);
});

test('values are completed where they are known, and files are left to the shell', async () => {
  expect(await candidates('port', '--style', '')).toEqual(['idiomatic', 'python']);
  expect(await candidates('port', '--style=py')).toEqual(['python']);
  expect(await candidates('port', '--style', '=', 'py')).toEqual(['python']);
  expect(await candidates('port', '--style', '=')).toEqual(['idiomatic', 'python']);
  expect(await candidates('port', '')).toEqual([]);
  expect(await candidates('completion', '')).toEqual(['bash', 'zsh', 'fish']);
});

test('names of RPCs are completed', async () => {
  expect(await candidates('call', 'PostModelO')).toEqual(['PostModelOutputs']);
  expect(await candidates('call', '')).toHaveLength(289);
  expect(await candidates('call', '--json', 'ListInp')).toContain('ListInputs');
  expect(await candidates('call', 'ListInputs', '')).toEqual([]);
});

test('names of contexts are completed', async () => {
  for (const name of ['staging', 'production']) {
    await ran(['config', 'create', name], { env: { HOME: folder } });
  }
  expect(await candidates('config', 'use', 's')).toEqual(['staging']);
  expect(await candidates('predict', '--context', '')).toEqual(['staging', 'production']);
});

test('an unknown shell suggests the nearest', async () => {
  expect(await ran(['completion', 'bahs'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean bash?'),
  });
});

test('the script for bash completes in bash', async () => {
  const { out: script } = await ran(['completion', 'bash']);
  // Stands for the command, whose answers the tests above hold to their rules.
  const fake = join(folder, 'clarifai-grpc');
  writeFileSync(
    fake,
    `#!/bin/sh\n[ "$*" = "complete -- call List" ] && printf 'ListInputs\\tone\\nListApps\\ttwo\\n'\n`,
  );
  chmodSync(fake, 0o755);
  const words = 'COMP_WORDS=(clarifai-grpc call List); COMP_CWORD=2';
  const lines = `${script}\n${words}\n_clarifai_grpc clarifai-grpc List call\nprintf '%s\\n' "\${COMPREPLY[@]}"\ncomplete -p clarifai-grpc`;
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
  const said = execFileSync('bash', ['--norc', '-c', lines], { env, encoding: 'utf8' });
  expect(said).toBe('ListInputs\nListApps\ncomplete -o default -F _clarifai_grpc clarifai-grpc\n');
});
