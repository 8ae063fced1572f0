import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Interrupted } from '../shell/interruption';
import type { Terminal } from '../shell/terminal';

/** A secret that is typed without being shown, or all that comes through a pipe; without spaces and ends of lines around it. */
export async function readSecret(prompt: string, terminal: Terminal): Promise<string> {
  if (terminal.stdin.isTTY !== true) return (await text(terminal.stdin)).trim();
  terminal.err(prompt);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.stdin, output: silence, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('SIGINT', () => reject(new Interrupted()));
      lines.once('close', () => resolve(''));
    });
  } finally {
    lines.close();
    terminal.err('\n');
  }
}
