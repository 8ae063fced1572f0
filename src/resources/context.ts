import type { Clock } from '../base/clock';
import type { IngestContext } from '../ingestion/ingest';
import type { Invoke } from '../operations/invoker';

/** What every handle works with. One client has one; its handles share it. */
export interface ResourceContext {
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** How inputs are added; the handle sets its own user and app. */
  readonly ingestion: Omit<IngestContext, 'scope'>;
}
