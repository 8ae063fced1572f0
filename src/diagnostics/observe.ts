import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticsChannelName, DiagnosticsMessages } from './messages';

/**
 * Subscribes to one of this package's diagnostics channels, with the type of its messages. The listener runs inside the call
 * that publishes, so it should be quick; what it throws becomes an uncaught exception of the process. It must not change a
 * message, except for `metadata` of an attempt that starts.
 *
 * @returns what ends the subscription
 * @example
 * const stop = observe('clarifai-grpc:call:end', ({ method, durationMs, ending }) => console.log(method, durationMs, ending));
 */
export function observe<Name extends DiagnosticsChannelName>(
  name: Name,
  listener: (message: DiagnosticsMessages[Name]) => void,
): () => void {
  const onMessage = (message: unknown): void => listener(message as DiagnosticsMessages[Name]);
  subscribe(name, onMessage);
  return () => void unsubscribe(name, onMessage);
}
