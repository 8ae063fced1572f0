import { type Clock, systemClock } from '../base/clock';
import type { LogLevel, Logger } from '../options/logger';

/** What `CLARIFAI_DEBUG` turns on: a line on standard error for each entry, of every level. */
export function stderrLogger(
  write: (line: string) => unknown = (line) => process.stderr.write(line),
  clock: Clock = systemClock,
): Logger {
  const at =
    (level: LogLevel) =>
    (fields: object, text: string): void => {
      const time = new Date(clock.now()).toISOString();
      write(`${time} clarifai-grpc ${level} ${text} ${JSON.stringify(fields)}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
