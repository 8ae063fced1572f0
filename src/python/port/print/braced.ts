import { type Doc, hardline, indent } from './doc';

/** A body in braces. */
export function braced(body: Doc): Doc {
  const empty = Array.isArray(body) && body.length === 0;
  return empty ? '{}' : ['{', indent(hardline, body), hardline, '}'];
}
