import type { Terminal } from '../../shell/terminal';

/** The colours of a terminal: all, the 256 that it has had for long, or none. */
export type ColorDepth = 'all' | '256' | 'none';

/** Terminals that show all colours and do not say so in COLORTERM. */
const known = /^(iTerm\.app|vscode|WezTerm|ghostty|Hyper|rio)$/;

export function colorDepthOf(terminal: Terminal): ColorDepth {
  if (!terminal.hasColors('stdout')) return 'none';
  const { COLORTERM = '', TERM = '', TERM_PROGRAM = '', FORCE_COLOR = '', WT_SESSION } = terminal.env;
  if (FORCE_COLOR === '2') return '256';
  const tellsAll = /^(truecolor|24bit)$/.test(COLORTERM) || /-direct$|^xterm-(kitty|ghostty)$/.test(TERM);
  return tellsAll || FORCE_COLOR === '3' || WT_SESSION !== undefined || known.test(TERM_PROGRAM) ? 'all' : '256';
}
