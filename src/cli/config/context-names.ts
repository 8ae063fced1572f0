import { Given } from '../shell/given';
import type { Terminal } from '../shell/terminal';
import { Contexts } from './contexts';

/** The names of all contexts, for completion. */
export async function contextNames(terminal: Terminal): Promise<readonly string[]> {
  return (await new Contexts(new Given([], {}), terminal).all()).map(({ name }) => name);
}
