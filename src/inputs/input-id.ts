import { createHash } from 'node:crypto';
import { invalidArgument } from '../base/assert';

const maxInputIdLength = 48;

/** Ids are segments of the service's URLs: what ends or escapes one there cannot be part of an id, nor can half a character. */
const notInIds = /[\s/\\?#%\p{Cc}\p{Cs}]/u;

/** Fails for an id that the service would refuse. */
export function assertInputId(id: unknown, name: string): asserts id is string {
  if (typeof id !== 'string' || id === '') throw invalidArgument(name, 'a non-empty string', id);
  if (isInputId(id)) return;
  throw invalidArgument(
    name,
    `an id of at most ${maxInputIdLength} characters, none of them a space, a control character or one of / \\ ? # %`,
    id,
  );
}

/** Whether the service takes it as the id of an input. */
export function isInputId(id: unknown): id is string {
  return (
    typeof id === 'string' &&
    id !== '' &&
    id.length <= maxInputIdLength &&
    !notInIds.test(id) &&
    id !== '.' &&
    id !== '..'
  );
}

/** What is an id as it stands; the short alphabet is what every API of the service takes. */
const plainId = /^[A-Za-z0-9_-]{1,48}$/;

/** 128 bits as hexadecimal digits. */
const hashLength = 32;
const derivedId = /-[0-9a-f]{32}$/;

/**
 * The id for what names an item at its source, such as a path: the key itself when it can be an id, else its beginning, to be
 * recognised by, and a hash of all of it. Two keys never get one id: none that is kept has the form of one that is made.
 */
export function idOfKey(key: string): string {
  if (plainId.test(key) && !derivedId.test(key)) return key;
  const hash = createHash('sha256').update(hashable(key)).digest('hex').slice(0, hashLength);
  const beginning = key
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, maxInputIdLength - hashLength - 1);
  return `${beginning === '' ? 'input' : beginning}-${hash}`;
}

/** UTF-8 holds no halves of surrogate pairs: keys with one are told apart by their UTF-16, behind a byte that UTF-8 never has. */
function hashable(key: string): Buffer {
  return key.isWellFormed() ? Buffer.from(key) : Buffer.concat([Buffer.of(0xff), Buffer.from(key, 'utf16le')]);
}
