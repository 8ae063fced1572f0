import type { ClarifaiError } from '../../index';
import { type ExitCode, exitCode } from './exit-code';
import { UsageError } from './usage-error';

/** The exit code for what a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCode.usage;
  if (!isClarifaiError(error)) return exitCode.failure;
  switch (error.name) {
    case 'AuthenticationError':
    case 'PermissionError':
      return exitCode.auth;
    case 'QuotaError':
      return exitCode.quota;
    case 'InvalidRequestError':
      // The service's own refusal is a failure like others; what is refused here is what was typed.
      return error.source === 'client' ? exitCode.usage : exitCode.failure;
    default:
      return exitCode.failure;
  }
}

/** By its shape: a command that never made a client must not load the package for one error. */
function isClarifaiError(error: unknown): error is ClarifaiError {
  return error instanceof Error && 'source' in error && 'code' in error && 'attempts' in error;
}
