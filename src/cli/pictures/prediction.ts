import type { Finding } from './finding';
import type { Medium } from './medium';

/** An input, and what was said of it. */
export interface Prediction {
  /** What the user calls it: a path, a URL. */
  readonly name: string;
  readonly medium: Medium;
  /** One a model. */
  readonly findings: readonly Finding[];
  /** Why there are none. */
  readonly failure?: string | undefined;
}
