/** One fenced block of a Markdown file. */
export interface CodeBlock {
  /** File and line of the block's first line of code, as in `README.md:42`. */
  readonly place: string;
  readonly language: string;
  /** What stands behind the language, as `jest` in ```` ```ts jest ````. */
  readonly note: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown text, in order; those indented in a list too. */
export function codeBlocks(file: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; indent: number; language: string; note: string; line: number; code: string[] } | undefined;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const [, indent = '', fence = '', language = '', note = ''] =
      /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(text) ?? [];
    if (open === undefined) {
      if (fence !== '') open = { fence, indent: indent.length, language, note: note.trim(), line: index + 2, code: [] };
    } else if (fence.startsWith(open.fence) && language === '') {
      const { language: openLanguage, note: openNote, line, code } = open;
      blocks.push({ place: `${file}:${line}`, language: openLanguage, note: openNote, code: `${code.join('\n')}\n` });
      open = undefined;
    } else {
      open.code.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)));
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: the code block is never closed`);
  return blocks;
}
