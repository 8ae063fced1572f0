import { AlreadyExistsError } from '../base/errors';
import type { Item } from './item';

/** The error of an item that stands in the source twice. */
export function sameId(item: Item, first: Item): AlreadyExistsError {
  const message = `inputs[${item.index}] has the same id as inputs[${first.index}], or the same content: ${item.id}`;
  return new AlreadyExistsError(message, { code: 'INPUT_DUPLICATE', source: 'client', category: 'rejected' });
}
