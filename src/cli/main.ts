#!/usr/bin/env node
import { run } from './run';

const output = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

// Not process.exit: what is still being written would be lost.
void run(process.argv.slice(2), output).then((code) => {
  process.exitCode = code;
});
