import { assertArray } from '../base/assert';
import { isFailure } from '../base/situation';
import { fromItemStatus, situationOf } from '../base/to-clarifai-error';
import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { answersMissing } from './answers-missing';
import { bisect, type ItemResult } from './bisect';
import { chunk } from './chunk';
import { mapConcurrent } from './map-concurrent';
import type { Outcome } from './outcome';
import { type Plain, toPlain } from './to-plain';

/** Requests in flight for one batch. The service documents 15 requests a second per user. */
const concurrency = 4;

interface Answered {
  readonly status: Status | undefined;
}

export interface BatchParams<Item, Message, Answer extends Answered> {
  /** Name of the RPC, for errors. */
  readonly method: string;
  /** What the items are called in errors. */
  readonly name: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Sends one chunk. */
  readonly send: (items: readonly Item[]) => Promise<Answer>;
  /** The messages of an answer: one an item, in their order. */
  readonly messagesOf: (answer: Answer) => readonly Message[];
}

/**
 * Sends a list of items in requests of at most 128, and resolves with one outcome an item, in their order. What is wrong with
 * one item fails that item only; what is wrong with the call rejects.
 */
export async function batch<Item, Message, Answer extends Answered>(
  params: BatchParams<Item, Message, Answer>,
): Promise<Outcome<Plain<Message>>[]> {
  const { method, name, items, idOf, signal, send, messagesOf } = params;
  assertArray(items, name);
  const read = (answer: Answer, part: readonly Item[]): readonly ItemResult<Plain<Message>>[] => {
    const messages = messagesOf(answer);
    if (messages.length !== part.length) throw answersMissing(method, part.length, messages.length);
    return messages.map((message) => toResult(message, answer.status, method));
  };
  const results: ItemResult<Plain<Message>>[] = [];
  const mapper = (part: readonly Item[]): Promise<readonly ItemResult<Plain<Message>>[]> =>
    bisect(part, { send, read });
  for await (const part of mapConcurrent(chunk(items, { name }), mapper, { concurrency, signal })) {
    for (const result of part) results.push(result);
  }
  return results.map((result, index) => ({ index, id: idOf(items[index] as Item), ...result }));
}

function toResult<Message>(message: Message, answer: Status | undefined, method: string): ItemResult<Plain<Message>> {
  const status = statusOf(message);
  if (status === undefined || status.code === 0 || !isFailure(situationOf(status.code))) {
    return { ok: true, value: toPlain(message) };
  }
  return { ok: false, error: fromItemStatus(status, answer, { method }) };
}

/** Some messages say themselves how they went. */
function statusOf(message: unknown): Status | undefined {
  return (message as { readonly status?: Status }).status;
}
