/** Text to be laid out: groups break their lines when they do not fit, all lines of a group at once. */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: 'line'; readonly flat: string; readonly hard: boolean }
  | { readonly kind: 'indent'; readonly doc: Doc }
  | { readonly kind: 'group'; readonly doc: Doc; readonly broken: boolean }
  | { readonly kind: 'ifBroken'; readonly doc: Doc }
  /** A comment that waits for the end of the line. */
  | { readonly kind: 'suffix'; readonly text: string };

export const line: Doc = { kind: 'line', flat: ' ', hard: false };
export const softline: Doc = { kind: 'line', flat: '', hard: false };
export const hardline: Doc = { kind: 'line', flat: '', hard: true };
export const trailingComma: Doc = { kind: 'ifBroken', doc: ',' };

export function indent(...docs: readonly Doc[]): Doc {
  return { kind: 'indent', doc: docs };
}

export function suffix(text: string): Doc {
  return { kind: 'suffix', text };
}

/** A group is broken from the start when a hard line lies in it. */
export function group(...docs: readonly Doc[]): Doc {
  return { kind: 'group', doc: docs, broken: holdsHardLine(docs) };
}

export function brokenGroup(...docs: readonly Doc[]): Doc {
  return { kind: 'group', doc: docs, broken: true };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

function holdsHardLine(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(holdsHardLine);
  if (doc.kind === 'line') return doc.hard;
  if (doc.kind === 'suffix') return true;
  if (doc.kind === 'group') return doc.broken;
  return holdsHardLine(doc.doc);
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

interface Task {
  readonly depth: number;
  readonly broken: boolean;
  readonly doc: Doc;
}

/** The text, with two spaces for an indent and no space at the end of a line. */
export function render(doc: Doc, width = 100): string {
  const tasks: Task[] = [{ depth: 0, broken: true, doc }];
  let text = '';
  let column = 0;
  let waiting = '';
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { depth, broken, doc: part } = task;
    if (typeof part === 'string') {
      text += part;
      column += part.length;
    } else if (isList(part)) {
      for (const inner of [...part].reverse()) tasks.push({ depth, broken, doc: inner });
    } else if (part.kind === 'indent') {
      tasks.push({ depth: depth + 1, broken, doc: part.doc });
    } else if (part.kind === 'ifBroken') {
      if (broken) tasks.push({ depth, broken, doc: part.doc });
    } else if (part.kind === 'suffix') {
      waiting += ` ${part.text}`;
    } else if (part.kind === 'group') {
      const breaks = part.broken || !fits(part.doc, width - column, tasks);
      tasks.push({ depth, broken: breaks, doc: part.doc });
    } else if (!broken && !part.hard) {
      text += part.flat;
      column += part.flat.length;
    } else {
      text = `${text.replace(/ +$/, '')}${waiting}\n${'  '.repeat(depth)}`;
      waiting = '';
      column = depth * 2;
    }
  }
  return `${text}${waiting}`.replace(/[ \t]+$/gm, '').trimEnd() + '\n';
}

/** Whether a group fits on what is left of the line, with whatever follows it up to the next possible break. */
function fits(doc: Doc, width: number, following: readonly Task[]): boolean {
  let left = width;
  const tasks: Task[] = [{ depth: 0, broken: false, doc }];
  let next = following.length;
  while (left >= 0) {
    const task = tasks.pop() ?? following[--next];
    if (task === undefined) return true;
    const { doc: part, broken } = task;
    if (typeof part === 'string') left -= part.length;
    else if (isList(part)) for (const inner of [...part].reverse()) tasks.push({ ...task, doc: inner });
    else if (part.kind === 'line') {
      if (broken || part.hard) return true;
      left -= part.flat.length;
    } else if (part.kind === 'ifBroken') {
      if (broken) tasks.push({ ...task, doc: part.doc });
    } else if (part.kind === 'group') tasks.push({ ...task, broken: part.broken && broken, doc: part.doc });
    else if (part.kind === 'indent') tasks.push({ ...task, doc: part.doc });
  }
  return false;
}
