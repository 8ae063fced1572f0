import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Finding, toFinding } from '../../src/cli/pictures/finding';
import { openHtmlReport } from '../../src/cli/pictures/html/html-report';
import type { Prediction } from '../../src/cli/pictures/prediction';
import { photograph } from '../emulator/harness';
import { Chromium } from './browser/chromium';
import { actives, bars, boxes, leastContrast } from './browser/in-page';
import type { Page, PageSize } from './browser/page';

let chromium: Chromium;
let folder: string;
beforeAll(() => {
  chromium = new Chromium();
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterAll(async () => {
  await chromium[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

let reports = 0;

/** The page of a report of these, in the browser. */
async function shown(
  predictions: readonly Partial<Prediction>[],
  title = 'Predictions',
  size?: PageSize,
): Promise<Page> {
  const path = join(folder, `${++reports}.html`);
  const report = await openHtmlReport(path, title);
  for (const prediction of predictions) await report.add({ ...photo, ...prediction });
  await report.close();
  return chromium.open(pathToFileURL(path).href, size);
}

const photo: Prediction = {
  name: 'metro-north.jpg',
  medium: { kind: 'image', bytes: photograph(), type: 'image/jpeg' },
  findings: [],
};

type Data = NonNullable<Parameters<typeof toFinding>[0]['data']>;

/** What is made of an answer of a model. */
function found(data: { readonly [Field in keyof Data]?: unknown }, model: object = { id: 'm' }): Finding {
  return toFinding({ model, data } as Parameters<typeof toFinding>[0]);
}

const place = { left: 0.1, top: 0.2, right: 0.45, bottom: 0.9 };
const corner = { left: 0.8, top: 0, right: 1, bottom: 0.125 };

function region({ left, top, right, bottom }: typeof place, name: string): object {
  const boundingBox = { leftCol: left, topRow: top, rightCol: right, bottomRow: bottom };
  return { regionInfo: { boundingBox }, value: 0.9, data: { concepts: [{ name, value: 0.9 }] } };
}

const detected = found({ regions: [region(place, 'person'), region(corner, 'lamp')] });
const recognised = found({
  concepts: [
    { name: 'train', value: 0.987 },
    { name: 'night', value: 0.25 },
    { name: 'sea', value: 0 },
  ],
});
const colours = found({
  colors: [
    { rawHex: '#759ce6', w3c: { name: 'CornflowerBlue', hex: '#6495ed' }, value: 0.75 },
    { rawHex: '0C0C18', w3c: undefined, value: 0.25 },
  ],
});

describe.each([
  ['a wide window', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 800 }],
])('in %s', (_where, size) => {
  test('boxes lie over the picture where they should, to half a pixel', async () => {
    const page = await shown([{ findings: [detected] }], 'Boxes', size);
    const { width, height } = await page.evaluate<PageSize>(
      `(({ width, height }) => ({ width, height }))(document.querySelector('img').getBoundingClientRect())`,
    );
    const lie = await page.evaluate<(typeof place)[]>(boxes);
    expect(lie).toHaveLength(2);
    for (const [index, wanted] of [place, corner].entries()) {
      expect(Math.abs((lie[index]?.left ?? NaN) - wanted.left) * width).toBeLessThan(0.5);
      expect(Math.abs((lie[index]?.right ?? NaN) - wanted.right) * width).toBeLessThan(0.5);
      expect(Math.abs((lie[index]?.top ?? NaN) - wanted.top) * height).toBeLessThan(0.5);
      expect(Math.abs((lie[index]?.bottom ?? NaN) - wanted.bottom) * height).toBeLessThan(0.5);
    }
    // As the photograph is, and no more than the window has.
    expect(width / height).toBeCloseTo(512 / 384, 2);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size.width);
  });

  test('bars are as long as their values', async () => {
    const page = await shown([{ findings: [recognised] }], 'Bars', size);
    const drawn = await page.evaluate<{ name: string; share: number }[]>(bars);
    expect(drawn.map(({ name, share }) => [name, Math.round(share * 1000) / 1000])).toEqual([
      ['train', 0.987],
      ['night', 0.25],
      ['sea', 0],
    ]);
  });
});

test('colours are swatches, and a strip in which each is as wide as its share', async () => {
  const page = await shown([{ findings: [colours] }]);
  const color = (selector: string) =>
    `[...document.querySelectorAll('${selector}')].map((element) => getComputedStyle(element).backgroundColor)`;
  const wanted = ['rgb(117, 156, 230)', 'rgb(12, 12, 24)'];
  expect(await page.evaluate(color('.swatch'))).toEqual(wanted);
  expect(await page.evaluate(color('.strip span'))).toEqual(wanted);
  const [wide = 0, narrow = 0] = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.strip span')].map((element) => element.getBoundingClientRect().width)`,
  );
  expect(wide / narrow).toBeCloseTo(3, 1);
});

test('a polygon is drawn over its part of the picture', async () => {
  const points = [
    { row: 0.5, col: 0.25 },
    { row: 1, col: 0.75 },
    { row: 0.5, col: 0.75 },
  ];
  const page = await shown([{ findings: [found({ regions: [{ regionInfo: { polygon: { points } }, value: 1 }] })] }]);
  const { left, top, width, height } = await page.evaluate<Record<string, number>>(`(() => {
    const picture = document.querySelector('img').getBoundingClientRect();
    const drawn = document.querySelector('polygon').getBoundingClientRect();
    return {
      left: (drawn.left - picture.left) / picture.width, top: (drawn.top - picture.top) / picture.height,
      width: drawn.width / picture.width, height: drawn.height / picture.height,
    };
  })()`);
  expect([left, top, width, height].map((share) => Math.round((share ?? 0) * 100) / 100)).toEqual([
    0.25, 0.5, 0.5, 0.5,
  ]);
});

describe('names from elsewhere', () => {
  const hostile = [
    '<script>document.title = "owned"</script>',
    '"><img src=x onerror="document.title=\'owned\'">',
    `' onmouseover='document.title="owned"' x='`,
    '</style></title></textarea><svg onload=alert(1)>',
    '&lt;script&gt; & &amp; <!-- -->',
    'javascript:alert(1)',
    'url(https://evil.test/) ; } * { display: none',
  ];

  test('are shown as they are, and do nothing, wherever they stand', async () => {
    const predictions = hostile.map((name): Partial<Prediction> => {
      const concepts = [{ name, id: name, value: 0.5 }];
      const data = {
        concepts,
        regions: [{ ...region(place, name) }, { regionInfo: {}, value: 0, data: { text: { raw: name } } }],
        colors: [
          { rawHex: name, w3c: { name }, value: 1 },
          { rawHex: '#fff000', w3c: { name }, value: 1 },
        ],
        frames: [{ frameInfo: { time: 1000 }, data: { concepts } }],
        text: { raw: name },
        clusters: [{ id: name, score: 1 }],
        metadata: { synthetic: name },
      };
      const findings = [found(data, { id: name, description: name })];
      return { name, findings, failure: name, medium: { kind: 'text', text: name } };
    });
    const page = await shown([...predictions, { ...predictions[0], medium: photo.medium }], hostile[0]);
    expect(await page.evaluate('document.title')).toBe(hostile[0]);
    expect(await page.evaluate(actives)).toEqual([]);
    expect(page.complaints).toEqual([]);
    const text = await page.evaluate<string>('document.body.textContent');
    // Heading, text, model, what it says of itself, concept, regions, colour, moment with its concept, text, cluster, failure.
    for (const name of hostile) expect(text.split(name).length - 1).toBeGreaterThanOrEqual(12);
    expect(await page.evaluate(`[...document.querySelectorAll('h2')].map((heading) => heading.textContent)`)).toEqual([
      ...hostile,
      hostile[0],
    ]);
    for (const url of page.requests) expect(url).toMatch(/^(file|data):/);
  });

  test('would do nothing even if they were not escaped: the page allows no scripts, requests and forms', async () => {
    const page = await shown([photo]);
    await page.evaluate(`new Promise((resolve) => {
      const frame = '<iframe srcdoc="&lt;script>parent.document.title=1&lt;/script>"></iframe>';
      const image = '<img src="x" onerror="document.title=2"><img src="https://evil.test/x.png">';
      document.body.insertAdjacentHTML('beforeend', frame + image);
      const script = document.createElement('script');
      script.textContent = 'document.title = 3';
      document.body.append(script);
      setTimeout(resolve, 300);
    })`);
    expect(await page.evaluate('document.title')).toBe('Predictions');
    expect(page.complaints.join()).toContain('Content Security Policy');
    expect(
      page.requests.filter((url) => !/^(file|data|about):/.test(url) && !url.startsWith('https://evil.test')),
    ).toEqual([]);
  });
});

test('the page is whole in itself: it asks for nothing and complains of nothing', async () => {
  const page = await shown([{ findings: [detected, recognised, colours] }]);
  expect(page.requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
  expect(page.requests[0]).toMatch(/^file:/);
  expect(page.complaints).toEqual([]);
});

test.each(['light', 'dark'] as const)('in the %s, every text has a contrast of 4.5 at least', async (scheme) => {
  const synthetic = found({ concepts: [{ name: 'train', value: 1 }] }, { id: 'm', description: 'Synthetic: made up' });
  const page = await shown([
    { findings: [detected, recognised, colours, synthetic] },
    { medium: { kind: 'text', text: 'a text' }, failure: 'INPUT_DOWNLOAD_FAILED' },
    { medium: { kind: 'unseen', reason: 'HTTP 404' } },
  ]);
  await page.prefer(scheme);
  const { ratio, text } = await page.evaluate<{ ratio: number; text: string }>(leastContrast);
  expect({ isEnough: ratio >= 4.5, text, ratio }).toMatchObject({ isEnough: true });
  const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  expect(background).toBe(scheme === 'light' ? 'rgb(243, 244, 247)' : 'rgb(14, 16, 20)');
});

test('a screen reader gets headings, pictures with names, and values', async () => {
  const page = await shown([{ findings: [detected, recognised, colours] }]);
  const tree = await page.accessibility();
  const names = (role: string) => tree.flatMap((node) => (node.role === role ? node.name : [])).sort();
  expect(names('heading')).toEqual(['Predictions', 'm', 'm', 'm', 'metro-north.jpg']);
  expect(names('image')).toEqual(['2 colours, as wide as their shares', 'metro-north.jpg']);
  expect(names('meter')).toEqual(['lamp', 'night', 'person', 'sea', 'train']);
  expect(names('article')).toEqual(['metro-north.jpg']);
});

test('what the emulator makes up is called synthetic', async () => {
  const made = found({ concepts: [{ name: 'x', value: 1 }] }, { id: 'general', description: 'Synthetic: made up.' });
  const page = await shown([{ findings: [made] }, { findings: [recognised] }]);
  const text = await page.evaluate<string[]>(`[...document.querySelectorAll('article')].map((card) => card.innerText)`);
  expect(text[0]).toMatch(/synthetic\s+Synthetic: made up\./);
  expect(text[1]).not.toMatch(/synthetic/i);
  expect(await page.evaluate(`document.querySelector('footer').innerText`)).toContain(
    '1 with predictions that say they are synthetic',
  );
});

test('hundreds of pictures are written one by one, and all of them are shown', async () => {
  const path = join(folder, 'many.html');
  const report = await openHtmlReport(path, 'Many');
  let before = statSync(path).size;
  for (let count = 0; count < 300; count++) {
    await report.add({ ...photo, name: `photo ${count}`, findings: [detected, recognised] });
    const { size } = statSync(path);
    expect(size - before).toBeGreaterThan(photograph().length);
    before = size;
  }
  await report.close();
  const page = await chromium.open(pathToFileURL(path).href);
  const counts = await page.evaluate(`Promise.all([...document.images].map((image) => image.decode())).then(() => ({
    cards: document.querySelectorAll('article').length,
    broken: [...document.images].filter((image) => image.naturalWidth === 0).length,
  }))`);
  expect(counts).toEqual({ cards: 300, broken: 0 });
  expect(page.complaints).toEqual([]);
});
