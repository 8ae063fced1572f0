import { invalidRequest } from '../base/assert';
import type { InvalidRequestError } from '../base/errors';

/** Where a fault is: in the words of a compiler. */
export interface FaultPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The name of a column, or the number of a character from 1. */
  readonly column?: string | number | undefined;
}

/** The error of an item that cannot be read from its file. */
export function malformed({ file, line, column }: FaultPlace, fault: string, cause?: unknown): InvalidRequestError {
  const within = column === undefined ? '' : `, column ${typeof column === 'string' ? `\`${column}\`` : column}`;
  return invalidRequest(`${file}, line ${line}${within}: ${fault}`, { code: 'MALFORMED_ITEM', cause });
}

/** What becomes of a row that cannot be understood. */
export type OnMalformed = 'reject' | 'stop';
