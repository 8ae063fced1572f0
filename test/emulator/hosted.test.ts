import { decode } from 'jpeg-js';
import { imageFormat } from '../../src/emulator/image/format';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness({ storeBytes: true, lifecycle: { deleteLagMs: 0 } });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
});

type Kind = 'image' | 'video' | 'audio' | 'text';

async function hostedOf(id: string, data: object, kind: Kind) {
  const { client, userAppId } = harness;
  await client.call('PostInputs', { userAppId, inputs: [{ id, data }] });
  const { input } = await client.call('GetInput', { userAppId, inputId: id });
  const media = input?.data?.[kind];
  const { prefix = '', suffix = '', sizes = [] } = media?.hosted ?? {};
  return { url: media?.url, sizes, at: (size: string) => `${prefix}/${size}/${suffix}` };
}

const fetchWithPat = (url: string, key = harness.emulator.pat) =>
  fetch(url, { headers: { authorization: `Key ${key}` } });

it('hosts an image in every size that it names', async () => {
  const { sizes, at, url } = await hostedOf('photo', { image: { base64: photograph() } }, 'image');
  expect(sizes).toEqual(['orig', 'large', 'small', 'tiny']);
  expect(url).toBe(at('orig'));
  const original = await fetchWithPat(at('orig'));
  expect(original.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await original.arrayBuffer())).toEqual(photograph());
  const widths: number[] = [];
  for (const size of sizes.slice(1)) {
    const bytes = new Uint8Array(await (await fetchWithPat(at(size))).arrayBuffer());
    expect(imageFormat(bytes)?.format).toBe('JPEG');
    widths.push(decode(bytes, { useTArray: true }).width);
  }
  expect(widths).toEqual([512, 320, 64]);
});

it.each([
  ['video', { video: { base64: Buffer.from('moving') } }, 'moving'],
  ['audio', { audio: { base64: Buffer.from('sounding') } }, 'sounding'],
  ['text', { text: { raw: 'grüezi' } }, 'grüezi'],
] as const)('hosts %s as it was sent', async (kind, data, expected) => {
  const { sizes, at, url } = await hostedOf(`a-${kind}`, data, kind);
  expect(sizes).toEqual(['orig']);
  expect(url).toBe(at('orig'));
  expect(await (await fetchWithPat(at('orig'))).text()).toBe(expected);
  expect((await fetchWithPat(at('small'))).status).toBe(404);
});

it('hosts a copy of what it found at a URL, and goes on naming that URL', async () => {
  const url = 'https://samples.clarifai.com/copied.jpg';
  harness.emulator.url(url, photograph());
  const hosted = await hostedOf('copied', { image: { url } }, 'image');
  expect(hosted.url).toBe(url);
  expect((await fetchWithPat(hosted.at('orig'))).status).toBe(200);
});

it('answers 401 to a wrong key and 404 to none, to unknown sizes and to inputs that are gone', async () => {
  const { emulator, client, userAppId } = harness;
  const { at } = await hostedOf('guarded', { text: { raw: 'x' } }, 'text');
  expect((await fetchWithPat(at('orig'), 'f'.repeat(32))).status).toBe(401);
  expect((await fetchWithPat(at('orig'), 'nonsense')).status).toBe(401);
  expect((await fetch(at('orig'))).status).toBe(404);
  expect((await fetchWithPat(at('orig'), emulator.apiKey)).status).toBe(200);
  const session = { 'x-clarifai-session-token': emulator.sessionToken };
  expect((await fetch(at('orig'), { headers: session })).status).toBe(200);
  expect((await fetchWithPat(at('huge'))).status).toBe(404);
  expect((await fetchWithPat(at('orig').replace('guarded', '%zz'))).status).toBe(404);
  await client.call('DeleteInput', { userAppId, inputId: 'guarded' });
  expect((await fetchWithPat(at('orig'))).status).toBe(404);
});

it('only reads', async () => {
  const { at } = await hostedOf('read-only', { text: { raw: 'x' } }, 'text');
  expect((await fetch(at('orig'), { method: 'PUT', body: 'y' })).status).toBe(405);
  const headers = { authorization: `Key ${harness.emulator.pat}` };
  const head = await fetch(at('orig'), { method: 'HEAD', headers });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '1']);
});

it('hosts nothing that it does not keep', async () => {
  await using forgetful = await startHarness();
  const { client, userAppId } = forgetful;
  await client.call('PostInputs', { userAppId, inputs: [{ id: 'a', data: { text: { raw: 'x' } } }] });
  const { input } = await client.call('GetInput', { userAppId, inputId: 'a' });
  expect(input?.data?.text?.hosted).toBeUndefined();
  // The URL looks like one of the service, and leads nowhere.
  expect(input?.data?.text?.url).toMatch(
    /^https:\/\/data\.clarifai\.com\/orig\/users\/emulator-user\/apps\/emulator-app\/inputs\/text\/[0-9a-f]{32}$/,
  );
});
