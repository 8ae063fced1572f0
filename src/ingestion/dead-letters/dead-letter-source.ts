import { createReadStream } from 'node:fs';
import { invalidArgument, invalidRequest } from '../../base/assert';
import type { Lease, Source, SourceReadOptions } from '../source';
import type { DeadLetter } from './dead-letter';

/**
 * The inputs of a file of dead letters, with the ids they had. A letter that came without its bytes is `rejected`. The
 * cursor is the number of the line.
 */
export function deadLetterSource(path: string): Source {
  return { read: (options) => readLetters(path, options) };
}

async function* readLetters(path: string, { after, signal }: SourceReadOptions): AsyncGenerator<Lease> {
  const first = after === undefined ? 1 : Number(after) + 1;
  let number = 0;
  for await (const { line, isWhole } of linesOf(path, signal)) {
    number += 1;
    if (number < first || line.trim() === '') continue;
    const letter = parse(line);
    // A crash left it unfinished: its outcome was not reported.
    if (letter === undefined && !isWhole) return;
    yield { input: inputOf(letter, number), cursor: String(number) };
  }
}

async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<{ line: string; isWhole: boolean }> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', signal })) {
      const [first = '', ...others] = (chunk as string).split('\n');
      rest += first;
      for (const next of others) {
        yield { line: rest, isWhole: true };
        rest = next;
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw invalidArgument('retryDeadLetters', 'a file that can be read', path, { cause: error });
  }
  yield { line: rest, isWhole: false };
}

function inputOf(letter: DeadLetter | undefined, number: number): Lease['input'] {
  if (letter === undefined) return invalidRequest(`Expected line ${number} to be a dead letter in JSON`);
  const { input, id, index, omitted = [] } = letter;
  if (input === undefined) return invalidRequest(`The dead letter in line ${number} holds no input to send again`);
  if (omitted.length === 0) return { ...input, ...(id !== undefined && { id }) };
  const which = id === undefined ? `item ${index}` : `\`${id}\``;
  const message = `The dead letter in line ${number} holds no ${omitted.join(' and ')}, for bytes are not kept: take ${which} from its source`;
  return invalidRequest(message);
}

function parse(line: string): DeadLetter | undefined {
  try {
    const letter: unknown = JSON.parse(line);
    return typeof letter === 'object' && letter !== null && 'code' in letter ? (letter as DeadLetter) : undefined;
  } catch {
    return undefined;
  }
}
