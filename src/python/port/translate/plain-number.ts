import { isScalar, number } from '../type';
import { level, type Value, value } from '../value';

/** 64-bit numbers of an answer are Long, which no operator takes. */
export function plainNumber(one: Value): Value {
  return isScalar(one.type, 'long') ? value(['Number(', one.doc, ')'], number, level.member) : one;
}
