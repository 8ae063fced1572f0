import { readFile, writeFile } from 'node:fs/promises';
import { portPythonSnippet } from '../python/index';
import type { CommandOptions, Output } from './command';
import { type ExitCode, exitCode } from './exit-code';

/** `clarifai-grpc port FILE.py [--style idiomatic|python] [--out FILE]` */
export async function port(file: string, options: CommandOptions, { out, err }: Output): Promise<ExitCode> {
  const { code, problems } = portPythonSnippet(await readFile(file, 'utf8'), {
    style: options['style'] === 'python' ? 'python' : 'idiomatic',
  });
  if (typeof options['out'] === 'string') await writeFile(options['out'], code);
  else out(code);
  for (const { line, column, message } of problems) err(`${file}:${line}:${column}: ${message}\n`);
  return problems.length === 0 ? exitCode.ok : exitCode.partial;
}
