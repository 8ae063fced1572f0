import { invalidArgument } from '../base/assert';

/** A place in a text file. */
export interface Place {
  /** In bytes. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

export const startOfFile: Place = { offset: 0, line: 1 };

export function toCursor({ offset, line }: Place): string {
  return `${offset}:${line}`;
}

/** @throws InvalidRequestError for a cursor that another source made */
export function fromCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return startOfFile;
  const match = /^(\d+):(\d+)$/.exec(cursor);
  if (match === null) throw invalidArgument('after', 'a cursor of this source', cursor);
  return { offset: Number(match[1]), line: Number(match[2]) };
}
