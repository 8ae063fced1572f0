import type { ClarifaiError } from '../../index';

/** By its shape: a command that never made a client must not load the package for one error. */
export function isClarifaiError(error: unknown): error is ClarifaiError {
  return error instanceof Error && 'source' in error && 'code' in error && 'category' in error;
}
