import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import type { Color } from '../../generated/proto/clarifai/api/resources';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
});

async function predict(image: { url: string } | { base64: Uint8Array }) {
  const { client, userAppId } = harness;
  const answer = await client.call('PostModelOutputs', {
    userAppId,
    modelId: 'color-recognition',
    inputs: [{ data: { image } }],
  });
  return answer.outputs[0];
}

/** A picture of vertical stripes: colour and width in pixels. */
function stripes(...widths: readonly (readonly [rgba: readonly number[], width: number])[]) {
  const row = widths.flatMap(([rgba, width]) => Array.from({ length: width }, () => rgba).flat());
  const width = row.length / 4;
  return { width, height: 40, data: Buffer.from(Array.from({ length: 40 }, () => row).flat()) };
}

const red = [220, 20, 60, 255];
const blue = [0, 0, 255, 255];
const named = (colors: readonly Color[] = []) =>
  colors.map(({ w3c, value }) => [w3c?.name, w3c?.hex, Number(value.toFixed(2))]);

it.each([
  [
    'PNG',
    (picture: ReturnType<typeof stripes>) => PNG.sync.write(Object.assign(new PNG(picture), { data: picture.data })),
  ],
  ['JPEG', (picture: ReturnType<typeof stripes>) => encode(picture, 95).data],
])('finds the colours of a %s, their names and their shares', async (_, write) => {
  const output = await predict({ base64: write(stripes([red, 60], [blue, 20])) });
  expect(named(output?.data?.colors)).toEqual([
    ['Crimson', '#dc143c', 0.75],
    ['Blue', '#0000ff', 0.25],
  ]);
});

it('sees transparent pixels as white', async () => {
  const picture = stripes([[0, 0, 0, 0], 80]);
  const output = await predict({ base64: PNG.sync.write(Object.assign(new PNG(picture), { data: picture.data })) });
  expect(named(output?.data?.colors)).toEqual([['White', '#ffffff', 1]]);
});

it('answers the same colours for the same photograph, with shares that add up to 1', async () => {
  const first = (await predict({ base64: photograph() }))?.data?.colors ?? [];
  expect(first.length).toBeGreaterThan(2);
  expect(first.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 5);
  for (const { rawHex } of first) expect(rawHex).toMatch(/^#[0-9a-f]{6}$/);
  expect((await predict({ base64: photograph() }))?.data?.colors).toEqual(first);
});

it('makes a picture up for a URL that it does not know, and says so', async () => {
  const output = await predict({ url: 'https://samples.clarifai.com/wedding.jpg' });
  expect(output?.status?.code).toBe(10000);
  expect(output?.data?.colors.length).toBeGreaterThan(0);
  expect(output?.data?.metadata).toEqual({ synthetic: expect.stringContaining('does not fetch') as string });
});

it('looks at the bytes that were put at a URL', async () => {
  const picture = stripes([blue, 80]);
  harness.emulator.url(
    'https://photos.example.com/blue.png',
    PNG.sync.write(Object.assign(new PNG(picture), { data: picture.data })),
  );
  const output = await predict({ url: 'https://photos.example.com/blue.png' });
  expect(named(output?.data?.colors)).toEqual([['Blue', '#0000ff', 1]]);
  expect(output?.data?.metadata).toBeUndefined();
});

it('fails as the URL was said to fail', async () => {
  harness.emulator.url('https://samples.clarifai.com/broken.jpg', 503);
  const output = await predict({ url: 'https://samples.clarifai.com/broken.jpg' });
  expect(output?.status).toMatchObject({ code: 30002, details: expect.stringContaining('503') as string });
});

it.each([
  ['a JPEG that ends after its first bytes', photograph().subarray(0, 200)],
  ['a GIF, which the emulator cannot decode', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(20)])],
  [
    'a PNG of four billion pixels',
    Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d494844520000ffff0000ffff', 'hex'), Buffer.alloc(20)]),
  ],
])('answers %s with 30002', async (_, base64) => {
  const output = await predict({ base64 });
  expect(output?.status?.code).toBe(30002);
  expect(output?.data?.colors).toEqual([]);
});
