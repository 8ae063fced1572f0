import type { Box, Region } from '../finding';
import type { Medium } from '../medium';
import { regionColor } from '../palette';
import { escape } from './escape';

type Image = Extract<Medium, { readonly kind: 'image' }>;

/** An image, in the page itself, with its regions over it. */
export function pictureHtml(name: string, { bytes, type }: Image, regions: readonly Region[]): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `<figure><div class="picture"><img alt="${escape(name)}" decoding="async" src="data:${type};base64,${base64}">
${regions.map(boxHtml).join('')}${polygonsHtml(regions)}</div></figure>
`;
}

/** Where a label would leave the picture, it stands at the box's other corner. */
const lateLeft = 0.7;

function boxHtml({ box, label, value }: Region, index: number): string {
  if (box === undefined) return '';
  const title = `${index + 1} ${label}${value === undefined ? '' : ` ${value.toFixed(3)}`}`;
  const late = box.left > lateLeft ? ' late' : '';
  return `<div class="box${late}" style="--color:${regionColor(index)};${placeOf(box)}" title="${escape(title)}"><b>${escape(`${index + 1} ${label}`)}</b></div>
`;
}

function placeOf({ left, top, right, bottom }: Box): string {
  return `left:${percent(left)};top:${percent(top)};width:${percent(right - left)};height:${percent(bottom - top)}`;
}

/** The list beside the picture says in words what they are. */
function polygonsHtml(regions: readonly Region[]): string {
  const polygons = regions.map(({ polygon }, index) =>
    polygon.length === 0
      ? ''
      : `<polygon style="--color:${regionColor(index)}" points="${polygon.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`,
  );
  const drawn = polygons.join('');
  return drawn === ''
    ? ''
    : `<svg viewBox="0 0 1 1" preserveAspectRatio="none" stroke-linejoin="round" aria-hidden="true">${drawn}</svg>\n`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
