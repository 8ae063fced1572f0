import { types } from 'node:util';
import { isClarifaiError } from './clarifai-error';
import { type ExitCode, exitCode } from './exit-code';
import { Interrupted } from './interruption';
import { errorJson } from './json-value';
import { printableLines } from './printable';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** The exit code for what a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof Interrupted) return exitCode.interrupted;
  if (!isClarifaiError(error)) return exitCode.failure;
  switch (error.name) {
    case 'AuthenticationError':
    case 'PermissionError':
      return exitCode.auth;
    case 'QuotaError':
      return exitCode.quota;
    case 'PartialFailureError':
      return exitCode.partial;
    case 'InvalidRequestError':
      // The service's own refusal is a failure like others; what is refused here is what was typed.
      return error.source === 'client' ? exitCode.usage : exitCode.failure;
    default:
      return exitCode.failure;
  }
}

/** Says on stderr what a command threw, as JSON for who asked for that, and returns the exit code. */
export function tellFailure(error: unknown, terminal: Terminal, json = false): ExitCode {
  const message = types.isNativeError(error) ? error.message : String(error);
  terminal.err(
    json ? `${JSON.stringify({ error: errorJson(error) })}\n` : `clarifai-grpc: ${printableLines(message)}\n`,
  );
  return exitCodeOf(error);
}
