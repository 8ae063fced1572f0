import type { Prediction } from '../prediction';
import { escape } from './escape';
import { findingHtml } from './finding-html';
import { pictureHtml } from './picture-html';

/** One input with its picture and all that was said of it. @param number its place in the report, from 1 */
export function card({ name, medium, findings, failure }: Prediction, number: number): string {
  const id = `input-${number}`;
  const regions = findings.flatMap((finding) => finding.regions);
  const picture = medium.kind === 'image' ? pictureHtml(name, medium, regions) : '';
  let firstRegion = 0;
  const said = findings.map((finding) => {
    const html = findingHtml(finding, firstRegion);
    firstRegion += finding.regions.length;
    return html;
  });
  return `<article${picture === '' ? ' class="plain"' : ''} aria-labelledby="${id}">
${picture}<div class="said">
<h2 id="${id}">${escape(name)}</h2>
${medium.kind === 'text' ? `<pre>${escape(medium.text)}</pre>\n` : ''}${
    medium.kind === 'unseen' ? `<p class="aside">Not shown: ${escape(medium.reason)}</p>\n` : ''
  }${said.join('')}${failure === undefined ? '' : `<p class="failure">${escape(failure)}</p>\n`}</div>
</article>
`;
}
