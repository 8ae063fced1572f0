import type { Finding, Region, Scored } from '../finding';
import { regionColor } from '../palette';
import { toRgb } from '../picture';
import type { ColorDepth } from './color-depth';
import { paintText } from './paint';
import { printable } from '../../shell/printable';

const barWidth = 24;
const longestName = 32;

/** What a model says, in lines: bars for concepts, swatches for colours. @param firstRegion number of its first region */
export function legendOf(finding: Finding, firstRegion: number, depth: ColorDepth): string[] {
  const { model, synthetic, concepts, colors, regions, moments, text, notes } = finding;
  const width = Math.min(longestName, Math.max(0, ...concepts.map(({ name }) => printable(name).length)));
  return [
    printable(model),
    ...(synthetic === undefined ? [] : [`  (${printable(synthetic)})`]),
    ...concepts.map((concept) => `  ${conceptLine(concept, width)}`),
    ...colors.map(({ hex, name, value }) => `  ${swatch(hex, depth)}${hex}  ${percent(value)}  ${printable(name)}`),
    ...regions.map((region, index) => `  ${regionLine(region, firstRegion + index, depth)}`),
    ...moments.map(({ timeMs, concepts: seen }) => `  ${seconds(timeMs)}  ${seen.map(scored).join(', ')}`),
    ...(text === undefined ? [] : text.split('\n').map((line) => `  ${printable(line)}`)),
    ...notes.map((note) => `  ${printable(note)}`),
  ];
}

function conceptLine({ name, value }: Scored, width: number): string {
  const filled = Math.round(value * barWidth);
  const shown = printable(name).slice(0, longestName).padEnd(width);
  return `${shown}  ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}  ${value.toFixed(3)}`;
}

function regionLine({ label, value, box }: Region, index: number, depth: ColorDepth): string {
  const mark = depth === 'none' ? '' : paintText('■ ', toRgb(regionColor(index)), depth);
  const score = value === undefined ? '' : `  ${value.toFixed(3)}`;
  const place =
    box === undefined
      ? ''
      : `  left ${percent(box.left)}, top ${percent(box.top)}, right ${percent(box.right)}, bottom ${percent(box.bottom)}`;
  return `${mark}${index + 1} ${printable(label)}${score}${place}`;
}

function swatch(hex: string, depth: ColorDepth): string {
  return depth === 'none' ? '' : `${paintText('██', toRgb(hex), depth)}  `;
}

function scored({ name, value }: Scored): string {
  return `${printable(name)} ${value.toFixed(3)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
