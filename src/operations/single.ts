import { answersMissing } from './answers-missing';
import { type Plain, toPlain } from './to-plain';

/**
 * The one thing that a request for one was answered with.
 *
 * @throws ServerError when the answer holds none
 */
export function present<Message extends object>(message: Message | undefined, method: string): Message {
  if (message === undefined) throw answersMissing(method, 1, 0);
  return message;
}

/** As `present`, as plain data. */
export function single<Message extends object>(message: Message | undefined, method: string): Plain<Message> {
  return toPlain(present(message, method));
}
