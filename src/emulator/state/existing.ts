import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';
import { assertId } from './ids';

/** @throws Refusal for an id that there is nothing with */
export function existingIn<Value>(values: ReadonlyMap<string, Value>, id: string): Value {
  const value = values.get(id);
  if (value === undefined) throw refuse(StatusCode.CONN_DOES_NOT_EXIST);
  return value;
}

/** Deletes all of them, or none when one is not there. */
export function deleteFrom(values: Map<string, unknown>, ids: readonly string[]): void {
  for (const id of ids) existingIn(values, id);
  for (const id of ids) values.delete(id);
}

/** What was posted, when there is something, and each has an id that is free. @throws Refusal otherwise */
export function assertAllNew(taken: ReadonlyMap<string, unknown>, posted: readonly { readonly id: string }[]): void {
  if (posted.length === 0) throw refuse(StatusCode.CONN_BAD_REQUEST_FORMAT, 'Expected at least one object.');
  const ids = new Set<string>();
  for (const { id } of posted) {
    assertId(id, StatusCode.CONN_BAD_REQUEST_FORMAT);
    if (ids.has(id) || taken.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
    ids.add(id);
  }
}
