/** The value of a text in JSON. @throws NotJson that says in which line it is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new NotJson(brokenLine(text), cause instanceof Error ? cause.message : String(cause));
  }
}

/** A text is no JSON. The reason may quote it: a text that holds secrets is told of by its line alone. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** The line with which the text stops being the beginning of something that is JSON. */
function brokenLine(text: string): number {
  const lines = text.split('\n');
  let [from, to] = [1, lines.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isBeginning(lines.slice(0, middle).join('\n'))) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Not every error says where it is, but those at the end of the text can be told from the others. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const at = /at position (\d+)/.exec(reason)?.[1];
    return reason.includes('end of JSON input') || (at !== undefined && Number(at) >= text.length);
  }
}
