import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { isSuccess } from '../base/is-success';
import { fromItemStatus } from '../base/to-clarifai-error';
import type { ItemResult } from '../operations/bisect';
import { type Plain, toPlain } from '../operations/to-plain';

/** What says itself how it went: an answer, and each of its items. */
export interface Answered {
  readonly status: Status | undefined;
}

/** What became of one input, as its item in an answer says. */
export function toItemResult<Item extends Answered>(
  item: Item,
  answer: Answered,
  method: string,
): ItemResult<Plain<Item>> {
  const { status } = item;
  if (status === undefined || isSuccess(status)) return { ok: true, value: toPlain(item) };
  return { ok: false, error: fromItemStatus(status, answer.status, { method }) };
}
