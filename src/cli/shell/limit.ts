import type { OptionSpec } from './command';
import type { Given } from './given';

/** Of commands that list many things. */
export const limitOption: OptionSpec = { flags: '--limit <n>', summary: 'at most so many' };

/** What `limitOption` says; `undefined` for all. */
export function limitOf(given: Given): number | undefined {
  return given.number('limit', { min: 1, integer: true });
}
