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
