import { createInterface } from 'node:readline';
import { type InputLiteral, InvalidRequestError } from '../../index';
import type { NamedInput } from '../predict/named-inputs';
import { jsonObject } from '../shell/given';
import type { Terminal } from '../shell/terminal';

/** The inputs that come through stdin, a line of JSON each; a line that is none is rejected in its place. */
export async function* inputLines({ stdin }: Terminal): AsyncGenerator<NamedInput, void, undefined> {
  let number = 0;
  for await (const line of createInterface(stdin)) {
    number += 1;
    if (line.trim() !== '') yield { name: `line ${number}`, input: inputOf(line) };
  }
}

/** The client checks the fields, and names the one that is wrong. */
function inputOf(line: string): InputLiteral | Error {
  try {
    return jsonObject(line, 'it');
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new InvalidRequestError(message, { code: 'MALFORMED_ITEM', source: 'client', category: 'rejected', cause });
  }
}
