import type { Command } from '../shell/command';

export const portCommand: Command = {
  name: 'port',
  summary: 'translate a Python gRPC snippet to TypeScript; exits with 3 when a part had no translation',
  arguments: ['<file.py>'],
  options: [
    { flags: '--style <style>', summary: 'what to write', choices: ['idiomatic', 'python'], fallback: 'idiomatic' },
    { flags: '--out <file>', summary: 'write to a file instead of stdout' },
  ],
  load: async () => (await import('./port')).port,
};
