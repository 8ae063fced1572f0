import type { InputLike, InputLiteral } from '../../index';

/** Whether an input is one in full, and neither a URL nor bytes nor an error in its place. */
export function isLiteral(input: InputLike | Error): input is InputLiteral {
  return Object.getPrototypeOf(input) === Object.prototype;
}
