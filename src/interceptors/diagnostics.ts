import type { Metadata } from '@grpc/grpc-js';
import { systemClock } from '../base/clock';
import { attemptEnd, attemptStart } from '../diagnostics/channels';
import type { AttemptMessage, ClientIdentity, Ending } from '../diagnostics/messages';

/** One attempt as its observers see it. */
export interface ObservedAttempt {
  /** What is sent, with what the observers added. */
  readonly metadata: Metadata;
  /** To be called exactly once. */
  readonly end: (ending: Ending, error?: () => unknown) => void;
}

/**
 * Publishes an attempt's start and end; `undefined` when nobody observes. Observers never see the metadata, which holds the
 * credential; they may add to it.
 */
export function observeAttempt(
  client: ClientIdentity,
  method: string,
  metadata: Metadata,
): ObservedAttempt | undefined {
  if (!attemptStart.hasSubscribers && !attemptEnd.hasSubscribers) return undefined;
  const startedAt = systemClock.now();
  const message: AttemptMessage = { client, method, metadata: {} };
  attemptStart.publish(message);
  return {
    metadata: withCarried(metadata, message.metadata),
    end: (ending, error) => {
      message.durationMs = systemClock.now() - startedAt;
      message.ending = ending;
      if (error !== undefined) message.error = error();
      attemptEnd.publish(message);
    },
  };
}

function withCarried(metadata: Metadata, carried: Readonly<Record<string, string>>): Metadata {
  const entries = Object.entries(carried);
  if (entries.length === 0) return metadata;
  const carrying = metadata.clone();
  for (const [name, value] of entries) {
    try {
      carrying.set(name, value);
    } catch {
      // A name or value that gRPC cannot send: an observer's mistake is not to fail the call.
    }
  }
  return carrying;
}
