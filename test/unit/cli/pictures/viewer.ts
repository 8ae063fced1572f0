import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { PNG } from 'pngjs';
import type { Finding } from '../../../../src/cli/pictures/finding';
import type { Prediction } from '../../../../src/cli/pictures/prediction';
import { show } from '../../../../src/cli/pictures/terminal/show';
import { Terminal } from '../../../../src/cli/shell/terminal';

export interface Viewer {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** What a person at such a terminal gets to see. */
export async function shown(
  prediction: Partial<Prediction>,
  { columns = 40, rows = 30, env = { COLORTERM: 'truecolor' }, isTTY = true }: Viewer = {},
): Promise<string> {
  const stdout = Object.assign(new PassThrough(), { isTTY, columns, rows });
  const terminal = new Terminal({ stdin: new PassThrough(), stdout, stderr: new PassThrough(), env });
  const all = text(stdout);
  await show({ name: 'a.png', medium: { kind: 'unseen', reason: 'none' }, findings: [], ...prediction }, terminal);
  stdout.end();
  return all;
}

export const nothing: Finding = {
  model: 'm',
  synthetic: undefined,
  concepts: [],
  colors: [],
  regions: [],
  moments: [],
  text: undefined,
  notes: [],
};

/** A picture whose left half is of one colour and whose right half of another. */
export function twoColors(
  left: readonly [number, number, number, number],
  right: readonly [number, number, number, number],
  size: { readonly width?: number; readonly height?: number } = {},
): Uint8Array {
  const { width = 40, height = 20 } = size;
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) {
    png.data.set(at % width < width / 2 ? left : right, at * 4);
  }
  return PNG.sync.write(png);
}
