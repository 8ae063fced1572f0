import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '../../../src/cli/run';
import { Terminal } from '../../../src/cli/shell/terminal';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RanWith {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command line in this process, with no terminal in sight and no environment but the one that is given. */
export async function ran(args: readonly string[], { stdin = '', env = {} }: RanWith = {}): Promise<Ran> {
  const [input, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end(stdin);
  const [out, err] = [text(stdout), text(stderr)];
  const code = await run(args, new Terminal({ stdin: input, stdout, stderr, env }));
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
