// The scripts for zsh and fish, in those shells, with a program in the command's place that says what it was asked.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ran } from '../unit/cli/ran';

const command = `#!/bin/sh
case "$*" in
  'complete -- call List') printf 'ListInputs\\tlists: inputs\\nListInputJobs\\ttwo\\n' ;;
  'complete -- port --style='*) printf 'python\\n' ;;
esac
`;

let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'clarifai-grpc'), command);
  chmodSync(join(folder, 'clarifai-grpc'), 0o755);
  for (const shell of ['zsh', 'fish']) {
    const { out } = await ran(['completion', shell]);
    writeFileSync(join(folder, `script.${shell}`), out);
  }
  env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, HOME: folder, TERM: 'xterm' };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What fish would offer for a line. */
function offeredByFish(line: string): string {
  const lines = `source script.fish; complete -C${JSON.stringify(line)}`;
  return execFileSync('fish', ['--no-config', '-c', lines], { cwd: folder, env, encoding: 'utf8' });
}

/** What lines become in zsh with a tab behind each, in a terminal. */
function completedByZsh(...lines: string[]): string[] {
  const setUp = [
    // No function compdef: the script is for those, too, who never set completion up.
    'PROMPT=; source script.zsh',
    'tell() { zle expand-or-complete; print -r -- "$BUFFER" >> told; BUFFER= }',
    "zle -N tell; bindkey '^I' tell; print ready",
  ].join('; ');
  const script = [
    'zmodload zsh/zpty; zpty shell zsh -f -i',
    'zpty -w shell "$1"',
    // What is written before the terminal is zsh's own is lost.
    "zpty -r shell said $'*\\r\\nready*'",
    'for line in "${@:2}"; do zpty -w -n shell "$line"$\'\\t\'; done',
    'zpty -w shell exit; while zpty -r shell said; do :; done',
  ].join('\n');
  execFileSync('zsh', ['-f', '-c', script, 'zsh', setUp, ...lines], { cwd: folder, env, timeout: 60_000 });
  return readFileSync(join(folder, 'told'), 'utf8').trimEnd().split('\n');
}

test('zsh completes candidates, what stands after the = of an option, and files where it is told of none', () => {
  const lines = ['clarifai-grpc call List', 'clarifai-grpc port --style=py', 'clarifai-grpc predict model pho'];
  const [first, ...others] = completedByZsh(...lines);
  expect(first).toBe('clarifai-grpc call ListInput');
  expect(others).toEqual(['clarifai-grpc port --style=python ', 'clarifai-grpc predict model photos/']);
});

test('fish offers candidates with what they mean, and files only where there are none', () => {
  expect(offeredByFish('clarifai-grpc call List')).toBe('ListInputJobs\ttwo\nListInputs\tlists: inputs\n');
  expect(offeredByFish('clarifai-grpc predict model pho')).toBe('photos/\n');
});

test('fish completes what stands after the = of an option', () => {
  expect(offeredByFish('clarifai-grpc port --style=py')).toBe('--style=python\n');
  expect(offeredByFish('clarifai-grpc predict model --html=pho')).toBe('--html=photos/\n');
});
