import { assertFunction, assertObject } from '../base/assert';

/** What a logger of pino's shape has, and so pino, bunyan and Fastify's `log`: fields first, then a text. */
export interface Logger {
  /** Told of calls, attempts and chunks. */
  debug(fields: object, text: string): void;
  /** Told of connections that are ready. */
  info(fields: object, text: string): void;
  /** Told of retries, refused inputs and connections in trouble. */
  warn(fields: object, text: string): void;
  /** Told of calls that failed. */
  error(fields: object, text: string): void;
}

export type LogLevel = keyof Logger;

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export function assertLogger(logger: Logger): void {
  assertObject(logger, 'logger');
  const given: Readonly<Record<LogLevel, unknown>> = logger;
  for (const level of levels) assertFunction(given[level], `logger.${level}`);
}
