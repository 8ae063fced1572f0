import type { Terminal } from '../../shell/terminal';
import { decodePicture } from '../decode-picture';
import type { Medium } from '../medium';
import type { Prediction } from '../prediction';
import { type ColorDepth, colorDepthOf } from './color-depth';
import { drawPicture } from './draw-picture';
import { legendOf } from './legend';
import { printable } from '../../shell/printable';

/** What is to be seen of a prediction: without a medium its words alone. */
export type Shown = Pick<Prediction, 'name' | 'findings'> & { readonly medium?: Medium | undefined };

/** Lines left for the name and the first findings. */
const linesBelow = 8;
const usual = { columns: 80, rows: 24 } as const;

/**
 * Writes what was found below the name, and between them draws the picture with its regions. Where there are no colours the words
 * stand alone, and where there is no picture a line says why.
 */
export async function show(shown: Shown, terminal: Terminal): Promise<void> {
  const depth = colorDepthOf(terminal);
  const lines = [depth === 'none' ? printable(shown.name) : `\u001b[1m${printable(shown.name)}\u001b[0m`];
  if (shown.medium?.kind === 'text') lines.push(...shown.medium.text.split('\n').map(printable));
  else if (shown.medium !== undefined && depth !== 'none') lines.push(...(await drawn(shown, terminal, depth)));
  let regions = 0;
  for (const finding of shown.findings) {
    lines.push(...legendOf(finding, regions, depth));
    regions += finding.regions.length;
  }
  await terminal.out(`${lines.join('\n')}\n\n`);
}

async function drawn(
  { medium, findings }: Shown,
  { stdout }: Terminal,
  depth: Exclude<ColorDepth, 'none'>,
): Promise<string[]> {
  const { columns = usual.columns, rows = usual.rows } = stdout;
  try {
    if (medium?.kind !== 'image') throw new Error(medium?.kind === 'unseen' ? medium.reason : 'it is no picture');
    const picture = await decodePicture(medium.bytes, medium.type);
    const regions = findings.flatMap((finding) => finding.regions);
    return drawPicture(picture, { regions, depth, columns, rows: Math.max(linesBelow, rows - linesBelow) });
  } catch (error) {
    return [`(not drawn: ${printable(error instanceof Error ? error.message : String(error))})`];
  }
}
