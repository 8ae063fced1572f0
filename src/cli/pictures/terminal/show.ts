import type { Terminal } from '../../shell/terminal';
import { decodePicture } from '../decode-picture';
import type { Prediction } from '../prediction';
import { type ColorDepth, colorDepthOf } from './color-depth';
import { drawPicture } from './draw-picture';
import { legendOf } from './legend';
import { printable } from './printable';

/** Lines left for the name and the first findings. */
const linesBelow = 8;
const usual = { columns: 80, rows: 24 } as const;

/**
 * Draws a picture with its regions in the terminal, and writes below it what was found. Where there are no colours the words
 * stand alone, and where there is no picture a line says why.
 */
export async function show(prediction: Prediction, terminal: Terminal): Promise<void> {
  const depth = colorDepthOf(terminal);
  const lines = [printable(prediction.name), ...(depth === 'none' ? [] : await drawn(prediction, terminal, depth))];
  const { medium, findings, failure } = prediction;
  if (medium.kind === 'text') lines.push(...medium.text.split('\n').map(printable));
  let regions = 0;
  for (const finding of findings) {
    lines.push(...legendOf(finding, regions, depth));
    regions += finding.regions.length;
  }
  if (failure !== undefined) lines.push(printable(failure));
  await terminal.out(`${lines.join('\n')}\n\n`);
}

async function drawn(
  { medium, findings }: Prediction,
  { stdout }: Terminal,
  depth: Exclude<ColorDepth, 'none'>,
): Promise<string[]> {
  if (medium.kind === 'text') return [];
  const { columns = usual.columns, rows = usual.rows } = stdout;
  try {
    if (medium.kind === 'unseen') throw new Error(medium.reason);
    const picture = await decodePicture(medium.bytes, medium.type);
    const regions = findings.flatMap((finding) => finding.regions);
    return drawPicture(picture, { regions, depth, columns, rows: Math.max(linesBelow, rows - linesBelow) });
  } catch (error) {
    return [`(not drawn: ${printable(error instanceof Error ? error.message : String(error))})`];
  }
}
