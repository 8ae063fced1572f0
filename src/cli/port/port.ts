import { readFile, writeFile } from 'node:fs/promises';
import { portPythonSnippet } from '../../python/index';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';

export async function port(given: Given, terminal: Terminal): Promise<ExitCode> {
  const file = given.argument(0);
  const target = given.text('out');
  const { code, problems } = portPythonSnippet(await readFile(file, 'utf8'), {
    style: given.text('style') === 'python' ? 'python' : 'idiomatic',
  });
  if (target === undefined) await terminal.out(code);
  else await writeFile(target, code);
  for (const { line, column, message } of problems) terminal.err(`${file}:${line}:${column}: ${message}\n`);
  return problems.length === 0 ? exitCode.ok : exitCode.partial;
}
