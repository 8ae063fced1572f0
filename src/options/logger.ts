import { assertFunction, assertObject } from '../base/assert';

/** What a logger of pino's shape has, and so pino, bunyan and Fastify's `log`: fields first, then a text. */
export interface Logger {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

export type LogLevel = keyof Logger;

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export function assertLogger(logger: Logger): void {
  assertObject(logger, 'logger');
  const given: Readonly<Record<LogLevel, unknown>> = logger;
  for (const level of levels) assertFunction(given[level], `logger.${level}`);
}
