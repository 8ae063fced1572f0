import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

/** A server of our own on loopback, and the paths that it was asked for. */
let site: { readonly host: string; readonly asked: string[]; close(): void };
let harness: Harness;

beforeEach(async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/photograph.jpg') response.end(photograph());
    else if (url === '/moved.jpg') response.writeHead(302, { location: '/photograph.jpg' }).end();
    else if (url === '/away.jpg') response.writeHead(302, { location: 'http://127.0.0.2:1/photograph.jpg' }).end();
    else if (url === '/round.jpg') response.writeHead(302, { location: '/round.jpg' }).end();
    else if (url === '/large.jpg') response.end(Buffer.alloc(3_000_000));
    else if (url === '/words.txt') response.end('seen by nobody else');
    else response.writeHead(url === '/broken.jpg' ? 500 : 404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  site = { host, asked, close: () => server.close().closeAllConnections() };
  harness = await startHarness({
    clock: createManualClock(),
    fetchHosts: [host, '127.0.0.1:1'],
    limits: { maxRequestBytes: 2_000_000 },
  });
});

afterEach(async () => {
  site.close();
  await harness[Symbol.asyncDispose]();
});

const at = (path: string) => `http://${site.host}${path}`;

async function colorsOf(url: string) {
  const { outputs } = await harness.client.call('PostModelOutputs', {
    userAppId: { userId: 'clarifai', appId: 'main' },
    modelId: 'color-recognition',
    inputs: [{ data: { image: { url } } }],
  });
  const [output] = outputs;
  return { ...output?.status, colors: output?.data?.colors.map(({ rawHex }) => rawHex) ?? [] };
}

it('looks at what a URL of a host that may be fetched points to', async () => {
  const fetched = await colorsOf(at('/photograph.jpg'));
  harness.emulator.url('https://samples.clarifai.com/seeded.jpg', photograph());
  expect(fetched.colors).toEqual((await colorsOf('https://samples.clarifai.com/seeded.jpg')).colors);
  expect((await colorsOf(at('/moved.jpg'))).colors).toEqual(fetched.colors);
});

it.each([
  ['/nothing.jpg', '404 Client Error: Not Found for url: '],
  ['/broken.jpg', '500 Server Error for url: '],
  ['/round.jpg', 'Too many redirects for url: '],
  ['/away.jpg', 'Redirected to a host that is not fetched from, for url: '],
  ['/large.jpg', 'More than 2000000 bytes for url: '],
])('an input at %s fails with "%s"', async (path, details) => {
  expect(await colorsOf(at(path))).toMatchObject({ code: 30002, details: details + at(path) });
});

it('an input at a host that does not answer fails', async () => {
  const url = 'http://127.0.0.1:1/x.jpg';
  expect(await colorsOf(url)).toMatchObject({ code: 30002, details: `Could not connect for url: ${url}` });
});

it('asks no host that is not among them, and none for a URL that is seeded', async () => {
  harness.emulator.url(at('/seeded.jpg'), 503);
  expect(await colorsOf(at('/seeded.jpg'))).toMatchObject({ code: 30002 });
  expect((await colorsOf(`http://localhost:${site.host.split(':')[1]}/photograph.jpg`)).code).toBe(10000);
  expect(site.asked).toEqual([]);
});

it('inputs that are added by such URLs are processed and found by what is there', async () => {
  const { userAppId, client, emulator } = harness;
  const input = (id: string, data: object) => ({ id, data });
  await client.call('PostInputs', {
    userAppId,
    inputs: [
      input('photograph', { image: { url: at('/photograph.jpg') } }),
      input('missing', { image: { url: at('/missing.jpg') } }),
      input('words', { text: { url: at('/words.txt') } }),
    ],
  });
  emulator.advance(1000);
  const { inputs } = await client.call('ListInputs', { userAppId });
  expect(inputs.map(({ id, status }) => [id, status?.code])).toEqual([
    ['photograph', 30000],
    ['missing', 30002],
    ['words', 30000],
  ]);
  const { hits } = await client.call('PostInputsSearches', {
    userAppId,
    searches: [{ query: { ranks: [{ annotation: { data: { image: { base64: photograph() } } } }] } }],
  });
  expect(hits[0]).toMatchObject({ input: { id: 'photograph' } });
  expect(hits[0]?.score).toBeCloseTo(1);
});

it('rejects hosts that are not texts', async () => {
  await expect(startHarness({ fetchHosts: [''] })).rejects.toThrow('Expected `options.fetchHosts[0]` to be');
});
