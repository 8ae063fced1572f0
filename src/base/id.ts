import { assertString, invalidArgument } from './assert';

/**
 * An id of something on the service.
 *
 * @throws InvalidRequestError when it is empty or holds a slash, which would end it in an address
 */
export function assertId(id: unknown, name: string): asserts id is string {
  assertString(id, name, { nonEmpty: true });
  if (id.includes('/')) throw invalidArgument(name, 'an id, which holds no slash', id);
}

/**
 * A list of ids, which is not empty: what acts on no ids would act on everything.
 *
 * @throws InvalidRequestError naming the id that is none
 */
export function assertIds(ids: unknown, name: string): asserts ids is readonly string[] {
  if (!Array.isArray(ids)) throw invalidArgument(name, 'an array of ids', ids);
  if (ids.length === 0) throw invalidArgument(name, 'at least one id', ids);
  ids.forEach((id: unknown, index) => assertId(id, `${name}[${index}]`));
}
