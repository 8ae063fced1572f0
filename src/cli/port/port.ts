import { readFile, writeFile } from 'node:fs/promises';
import { type PortedSnippet, portPythonSnippet } from '../../python/index';
import { type ExitCode, exitCode } from '../shell/exit-code';
import type { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';

export async function port(given: Given, terminal: Terminal): Promise<ExitCode> {
  const file = given.argument(0);
  const target = given.text('out');
  const { code, problems } = ported(await readFile(file, 'utf8'), given.text('style'));
  if (target === undefined) await terminal.out(code);
  else await writeFile(target, code);
  for (const { line, column, message } of problems) terminal.err(`${file}:${line}:${column}: ${message}\n`);
  return problems.length === 0 ? exitCode.ok : exitCode.partial;
}

function ported(source: string, style: string | undefined): PortedSnippet {
  try {
    return portPythonSnippet(source, { style: style === 'python' ? 'python' : 'idiomatic' });
  } catch (cause) {
    // The command line was right: what is wrong stands in the file.
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
