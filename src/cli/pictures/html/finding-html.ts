import type { ColorShare, Finding, Moment, Region, Scored } from '../finding';
import { regionColor } from '../palette';
import { escape } from './escape';
import { percent } from './picture-html';

/** What one model says. @param firstRegion number of its first region among those of the picture */
export function findingHtml(finding: Finding, firstRegion: number): string {
  const { model, synthetic, concepts, colors, regions, moments, text, notes } = finding;
  return `<section>
<h3>${escape(model)}${synthetic === undefined ? '' : '<span class="chip">synthetic</span>'}</h3>
${synthetic === undefined ? '' : `<p class="aside">${escape(synthetic)}</p>\n`}${conceptsHtml(concepts)}${regionsHtml(regions, firstRegion)}${colorsHtml(colors)}${momentsHtml(moments)}${
    text === undefined ? '' : `<pre>${escape(text)}</pre>\n`
  }${notes.map((note) => `<p class="aside">${escape(note)}</p>\n`).join('')}</section>
`;
}

function conceptsHtml(concepts: readonly Scored[]): string {
  if (concepts.length === 0) return '';
  return `<ol class="concepts">\n${concepts.map((concept) => `<li>${barHtml(concept)}</li>\n`).join('')}</ol>\n`;
}

function barHtml({ name, value }: Scored): string {
  const label = escape(name);
  return `<span class="name">${label}</span><span class="bar" role="meter" aria-label="${label}" aria-valuemin="0" aria-valuemax="1" aria-valuenow="${value.toFixed(3)}"><i style="width:${percent(value)}"></i></span><span class="value">${value.toFixed(3)}</span>`;
}

function regionsHtml(regions: readonly Region[], first: number): string {
  if (regions.length === 0) return '';
  const items = regions.map(({ label, concepts, value }, index) => {
    const shown = concepts.length > 0 ? concepts : value === undefined ? [] : [{ name: label, value }];
    const number = first + index;
    const inside = shown.length > 0 ? conceptsHtml(shown) : `<span class="name">${escape(label)}</span>`;
    return `<li><span class="number" style="--color:${regionColor(number)}">${number + 1}</span><div>${inside}</div></li>\n`;
  });
  return `<ul class="regions">\n${items.join('')}</ul>\n`;
}

function colorsHtml(colors: readonly ColorShare[]): string {
  if (colors.length === 0) return '';
  const strip = colors.map(({ hex, value }) => `<span style="--color:${hex};flex-grow:${value}"></span>`);
  const items = colors.map(
    ({ hex, name, value }) =>
      `<li><span class="swatch" style="--color:${hex}"></span><code>${hex}</code><span class="name">${escape(name)}</span><span class="value">${(value * 100).toFixed(1)} %</span></li>\n`,
  );
  return `<div class="strip" role="img" aria-label="${colors.length} colours, as wide as their shares">${strip.join('')}</div>
<ul class="colors">\n${items.join('')}</ul>\n`;
}

function momentsHtml(moments: readonly Moment[]): string {
  if (moments.length === 0) return '';
  const items = moments.map(
    ({ timeMs, concepts }) =>
      `<details><summary>At ${(timeMs / 1000).toFixed(1)} s: ${escape(concepts[0]?.name ?? 'nothing')}</summary>${conceptsHtml(concepts)}</details>\n`,
  );
  return items.join('');
}
