import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { refuse } from '../answers';

/** Ids are part of URLs: no slashes, spaces or control characters, and not too long. */
const notInIds = /[\s/\\?#%\u0000-\u001f\u007f]/;
const longestId = 256;

export function isValidId(id: string): boolean {
  return id !== '' && id.length <= longestId && id !== '.' && id !== '..' && !notInIds.test(id);
}

/** @throws Refusal with the code of the noun's invalid argument */
export function assertId(id: string, code: StatusCode): void {
  if (!isValidId(id)) throw refuse(code, `Invalid ID ${JSON.stringify(id.slice(0, 64))}.`);
}

/** @throws Refusal as the service words it for an id that is taken */
export function assertNew(taken: ReadonlyMap<string, unknown>, id: string): void {
  if (taken.has(id)) throw refuse(StatusCode.DATABASE_DUPLICATE_KEY);
}
