#!/usr/bin/env node
import { run } from './run';
import { exitCode } from './shell/exit-code';
import { Terminal } from './shell/terminal';

// Who reads the output may have seen enough of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.ok);
  // A full disk, for one: what is written from now on would be lost, too.
  process.stderr.write(`clarifai-grpc: Cannot write to stdout: ${error.message}\n`);
  process.exit(exitCode.failure);
});

// Not process.exit: what is still being written would be lost.
void run(process.argv.slice(2), new Terminal(process)).then((code) => {
  process.exitCode = code;
});
