import { channel } from 'node:diagnostics_channel';

/** A diagnostics channel whose messages have one type. */
export interface TypedChannel<Message> {
  readonly name: string | symbol;
  /** To be asked before a message is built. */
  readonly hasSubscribers: boolean;
  publish(message: Message): void;
}

export function typedChannel<Message>(name: string): TypedChannel<Message> {
  return channel(name);
}
