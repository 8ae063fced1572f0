import type { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { DiagnosticsChannelName, DiagnosticsMessages } from './messages';

/** A diagnostics channel whose messages have one type. */
export interface TypedChannel<Message> {
  readonly name: string | symbol;
  /** To be asked before a message is built. */
  readonly hasSubscribers: boolean;
  publish(message: Message): void;
  /** Publishes the message, and runs the function within the stores that are bound. */
  runStores<Result>(message: Message, run: () => Result): Result;
  bindStore<Store>(store: AsyncLocalStorage<Store>, transform: (message: Message) => Store): void;
  unbindStore<Store>(store: AsyncLocalStorage<Store>): boolean;
}

export function typedChannel<Name extends DiagnosticsChannelName>(name: Name): TypedChannel<DiagnosticsMessages[Name]> {
  return channel(name) as TypedChannel<DiagnosticsMessages[Name]>;
}
