import type { SyntaxNode } from '@lezer/common';
import { invalidRequest } from '../../../base/assert';
import type { Block } from './ast';
import { blockOf } from './statement';
import { Source } from './tree';

export interface ParsedSource {
  readonly source: Source;
  readonly body: Block;
}

/**
 * Parses a Python source.
 *
 * @throws InvalidRequestError when the text is no Python, with line and column; or when the parser is not installed
 */
export function parsePython(text: string): ParsedSource {
  const source = new Source(text.replace(/\r\n?/g, '\n'));
  const tree = loadParser().parse(source.text);
  tree.iterate({
    enter: ({ type, node }) => {
      if (type.isError && isBareFraction(node.parent, source)) return;
      if (type.isError || type.name === 'PrintStatement') throw syntaxError(source, node.from, type.isError);
      if (type.name === 'Comment') source.found(node);
    },
  });
  return { source, body: blockOf(tree.topNode, source) };
}

/** The grammar takes `1.` for the beginning of `1.name`. */
function isBareFraction(node: SyntaxNode | null, source: Source): boolean {
  return node?.name === 'MemberExpression' && /^[\d_]+\.$/.test(source.of(node));
}

function syntaxError(source: Source, offset: number, isError: boolean): Error {
  const { line, column } = source.position(offset);
  const text = source.text.split('\n')[line - 1]?.trim() ?? '';
  const why = isError ? 'Python syntax error' : 'This is Python 2 (Python 3 writes `print(...)`)';
  return invalidRequest(`${why} at line ${line}, column ${column}: ${text === '' ? 'unexpected end' : text}`, {
    code: 'PYTHON_SYNTAX',
  });
}

function loadParser(): (typeof import('@lezer/python'))['parser'] {
  try {
    // Loaded when it is used: the package works without it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require('@lezer/python') as typeof import('@lezer/python')).parser;
  } catch (cause) {
    throw invalidRequest('Porting needs the optional package `@lezer/python`: npm install @lezer/python', { cause });
  }
}
