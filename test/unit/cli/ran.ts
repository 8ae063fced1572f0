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
  /** Whether both outputs are terminals. @default false */
  readonly isWatched?: boolean;
}

/** Runs a command line in this process, no terminal in sight unless it is asked for, and no environment but the one that is given. */
export async function ran(
  args: readonly string[],
  { stdin = '', env = {}, isWatched = false }: RanWith = {},
): Promise<Ran> {
  const [input, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end(stdin);
  const [out, err] = [text(stdout), text(stderr)];
  for (const stream of [stdout, stderr]) Object.assign(stream, { isTTY: isWatched, columns: 80, rows: 24 });
  const code = await run(args, new Terminal({ stdin: input, stdout, stderr, env }));
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
