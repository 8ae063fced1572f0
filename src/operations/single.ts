import { answersMissing } from './answers-missing';
import { type Plain, toPlain } from './to-plain';

/**
 * The one thing that a request for one was answered with, as plain data.
 *
 * @throws ServerError when the answer holds none
 */
export function single<Message extends object>(message: Message | undefined, method: string): Plain<Message> {
  if (message === undefined) throw answersMissing(method, 1, 0);
  return toPlain(message);
}
