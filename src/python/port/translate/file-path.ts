import type { Context } from '../context';
import { type Doc, hardline } from '../print/doc';

/** A file's path as plain text, of which a variable is made when it is more than a name. */
export function filePath(doc: Doc, name: string, { before, scope }: Context): string {
  const plain = plainText(doc);
  if (plain !== undefined && plain.length < 60) return plain;
  const path = scope.temporary(`${name}_path`);
  before.push(`const ${path} = `, doc, ';', hardline);
  return path;
}

function plainText(doc: Doc): string | undefined {
  if (typeof doc === 'string') return doc;
  if (!Array.isArray(doc)) return undefined;
  const parts = (doc as readonly Doc[]).map(plainText);
  return parts.includes(undefined) ? undefined : parts.join('');
}
