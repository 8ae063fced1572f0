#!/usr/bin/env node
import { run } from './run';
import { Terminal } from './shell/terminal';

// Who reads the output may have seen enough of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// Not process.exit: what is still being written would be lost.
void run(process.argv.slice(2), new Terminal(process)).then((code) => {
  process.exitCode = code;
});
