import type { Clock } from '../base/clock';
import type { DownloadContext } from '../downloads/download';
import type { IngestContext } from '../ingestion/ingest';
import type { Invoke, InvokeStream } from '../operations/invoker';
import { type Scope, toUserAppId } from '../operations/scope';

/** What every handle works with. One client has one; its handles share it. */
export interface ResourceContext {
  readonly invoke: Invoke;
  readonly invokeStream: InvokeStream;
  readonly clock: Clock;
  /** How inputs are added; the handle sets its own user and app. */
  readonly ingestion: Omit<IngestContext, 'scope'>;
  readonly downloads: DownloadContext;
}

/** The same, and the user and app that a handle acts on. */
export interface ScopedContext extends ResourceContext {
  readonly scope: Scope;
  /** Them as requests carry them. */
  readonly userAppId: ReturnType<typeof toUserAppId>;
}

export function withScope(context: ResourceContext, scope: Scope): ScopedContext {
  return { ...context, scope, userAppId: toUserAppId(scope) };
}
