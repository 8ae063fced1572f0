import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatasetVersionExportFormat as Format } from '../../generated/proto/clarifai/api/resources';
import { InputBatch } from '../../generated/codec/resources';
import { createManualClock } from '../../src/emulator/index';
import type { ArchivedFile } from '../../src/emulator/jobs/archived-file';
import { unzip } from '../../src/emulator/jobs/unzip';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock(), storeBytes: true });
  const { client, userAppId, emulator } = harness;
  await client.call('PostDatasets', { userAppId, datasets: [{ id: 'd' }] });
  const photo = {
    image: { base64: photograph() },
    concepts: [{ id: 'train', value: 1 }],
    metadata: { from: 'camera' },
  };
  const inputs = [
    { id: 'photo', data: photo, datasetIds: ['d'] },
    { id: 'words', data: { text: { raw: 'all aboard' } }, datasetIds: ['d'] },
    { id: 'elsewhere', data: { text: { raw: 'not in it' } } },
  ];
  await client.call('PostInputs', { userAppId, inputs });
  emulator.advance(200);
  const regionInfo = { boundingBox: { topRow: 0.25, leftCol: 0.5, bottomRow: 0.75, rightCol: 1 } };
  const regions = [{ regionInfo, data: { concepts: [{ id: 'engine', value: 0.9 }] } }];
  await client.call('PostAnnotations', { userAppId, annotations: [{ inputId: 'photo', data: { regions } }] });
  await client.call('PostDatasetVersions', { userAppId, datasetId: 'd', datasetVersions: [{ id: 'v' }] });
  emulator.advance(200);
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const version = () => ({ userAppId: harness.userAppId, datasetId: 'd', datasetVersionId: 'v' });

async function start(format: Format = Format.CLARIFAI_DATA_PROTOBUF) {
  return harness.client.call('PutDatasetVersionExports', { ...version(), exports: [{ format }] });
}

/** The URL of an export that has been asked for and given its time. */
async function exported(format?: Format): Promise<string> {
  await start(format);
  harness.emulator.advance(200);
  const [done] = (await start(format)).exports;
  expect(done?.status?.code).toBe(64200);
  return done?.url ?? '';
}

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { authorization: `Key ${harness.emulator.pat}`, ...headers } });

async function files(format?: Format): Promise<ArchivedFile[]> {
  const response = await get(await exported(format));
  expect(response.headers.get('content-type')).toBe('application/zip');
  return unzip(new Uint8Array(await response.arrayBuffer()));
}

const text = (file: ArchivedFile | undefined) => Buffer.from(file?.bytes ?? []).toString();

it('exports a dataset version in time, and says so in the version', async () => {
  const codes: unknown[] = [];
  const look = async () => {
    const { datasetVersion } = await harness.client.call('GetDatasetVersion', version());
    const info = datasetVersion?.exportInfo?.clarifaiDataProtobuf;
    codes.push(info?.status?.code);
    return info;
  };
  await look();
  expect((await start()).exports[0]).toMatchObject({ format: 1, status: { code: 64201 }, url: '' });
  await look();
  harness.emulator.advance(100);
  expect((await look())?.url).toBe('');
  harness.emulator.advance(100);
  const done = await look();
  expect(codes).toEqual([undefined, 64201, 64203, 64200]);
  const response = await get(done?.url ?? '');
  expect(response.headers.get('content-length')).toBe(String(done?.size));
  expect((await response.arrayBuffer()).byteLength).toBe(Number(done?.size));
});

it('packs batches of inputs with what they were annotated with', async () => {
  const [mimetype, batch, ...others] = await files();
  expect([mimetype?.name, text(mimetype)]).toEqual(['mimetype', 'application/x.clarifai-data+protobuf']);
  expect(others).toEqual([]);
  expect(batch?.name).toMatch(/^all\/.*_n2$/);
  const [photo, words] = InputBatch.decode(batch?.bytes ?? new Uint8Array()).inputs;
  expect(photo).toMatchObject({ id: 'photo', createdAt: undefined, status: undefined });
  expect(photo?.data).toMatchObject({
    concepts: [{ id: 'train', value: 1 }],
    metadata: { from: 'camera' },
    image: { imageInfo: { width: 512, height: 384 } },
    regions: [{ regionInfo: { boundingBox: { topRow: 0.25 } }, data: { concepts: [{ id: 'engine' }] } }],
  });
  const { prefix, suffix } = photo?.data?.image?.hosted ?? {};
  expect(Buffer.from(await (await get(`${prefix}/orig/${suffix}`)).arrayBuffer())).toEqual(photograph());
  expect(words).toMatchObject({ id: 'words', data: { concepts: [], text: { raw: '' } } });
});

it('packs 128 inputs in a file', async () => {
  const { client, userAppId, emulator } = harness;
  const inputs = Array.from({ length: 128 }, (_, at) => ({
    id: `i${at}`,
    data: { text: { raw: 'x' } },
    datasetIds: ['d'],
  }));
  await client.call('PostInputs', { userAppId, inputs });
  emulator.advance(200);
  await client.call('PostDatasetVersions', { userAppId, datasetId: 'd', datasetVersions: [{ id: 'large' }] });
  const request = { ...version(), datasetVersionId: 'large', exports: [{ format: Format.CLARIFAI_DATA_PROTOBUF }] };
  await client.call('PutDatasetVersionExports', request);
  emulator.advance(200);
  const [done] = (await client.call('PutDatasetVersionExports', request)).exports;
  const [, ...batches] = await unzip(new Uint8Array(await (await get(done?.url ?? '')).arrayBuffer()));
  expect(batches.map(({ name }) => name.replace(/.*_n/, ''))).toEqual(['128', '2']);
});

it('keeps what was in the version, whatever becomes of the inputs', async () => {
  const { client, userAppId, emulator } = harness;
  const patch = { id: 'photo', data: { concepts: [{ id: 'bus', value: 1 }], metadata: { from: 'scanner' } } };
  await client.call('PatchInputs', { userAppId, action: 'overwrite', inputs: [patch] });
  await client.call('DeleteInputs', { userAppId, ids: ['words'] });
  emulator.advance(200);
  const [, batch] = await files();
  const { inputs } = InputBatch.decode(batch?.bytes ?? new Uint8Array());
  expect(inputs.map(({ id }) => id)).toEqual(['photo', 'words']);
  expect(inputs[0]?.data).toMatchObject({ concepts: [{ id: 'train' }], metadata: { from: 'camera' } });
});

it('exports JSON with the names of the protos', async () => {
  const [mimetype, batch] = await files(Format.CLARIFAI_DATA_JSON);
  expect(text(mimetype)).toBe('application/x.clarifai-data+json');
  const { inputs } = JSON.parse(text(batch)) as { inputs: object[] };
  expect(inputs[0]).toMatchObject({
    id: 'photo',
    data: { metadata: { from: 'camera' }, regions: [{ region_info: { bounding_box: { top_row: 0.25 } } }] },
  });
  // 0.9 in 32 bits is another number in 64.
  expect(text(batch)).toContain('"value":0.9}');
});

it('exports boxes as COCO does, in pixels', async () => {
  const [file] = await files(Format.COCO);
  expect(JSON.parse(text(file))).toMatchObject({
    images: [{ id: 1, file_name: 'photo', width: 512, height: 384 }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [256, 96, 256, 192], area: 256 * 192, iscrowd: 0 }],
    categories: [{ id: 1, name: 'engine' }],
  });
});

it('gives archives to those who may read the app: 401 for a wrong key, 404 for none and for what is not there', async () => {
  const url = await exported();
  expect((await get(url, { authorization: `Key ${'f'.repeat(32)}` })).status).toBe(401);
  expect((await fetch(url)).status).toBe(404);
  expect((await get(url.replace('/d/', '/x/'))).status).toBe(404);
  expect((await get(url.replace('ClarifaiDataProtobuf', 'coco').replace('clarifaiDataProtobuf', 'coco'))).status).toBe(
    404,
  );
  const { userAppId } = harness;
  await harness.client.call('DeleteDatasetVersions', { userAppId, datasetId: 'd', datasetVersionIds: ['v'] });
  expect((await get(url)).status).toBe(404);
});

it('gives parts of an archive to clients that go on with a download', async () => {
  const url = await exported();
  const whole = Buffer.from(await (await get(url)).arrayBuffer());
  const part = async (range: string, more: Record<string, string> = {}) => {
    const response = await get(url, { range, ...more });
    return [response.status, response.headers.get('content-range'), Buffer.from(await response.arrayBuffer())];
  };
  const size = whole.length;
  expect(await part('bytes=10-19')).toEqual([206, `bytes 10-19/${size}`, whole.subarray(10, 20)]);
  expect(await part('bytes=100-')).toEqual([206, `bytes 100-${size - 1}/${size}`, whole.subarray(100)]);
  expect(await part('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, whole.subarray(size - 5)]);
  expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, Buffer.alloc(0)]);
  const etag = (await get(url)).headers.get('etag') ?? '';
  expect((await part('bytes=1-', { 'if-range': etag }))[0]).toBe(206);
  expect(await part('bytes=1-', { 'if-range': '"another"' })).toEqual([200, null, whole]);
});

it('refuses exports of versions that do not exist, of no format, and of none', async () => {
  const put = async (exports: object[], datasetVersionId = 'v') =>
    (await harness.client.call('PutDatasetVersionExports', { ...version(), datasetVersionId, exports })).status?.code;
  expect(await put([{ format: 1 }], 'x')).toBe(11101);
  expect(await put([{}])).toBe(11100);
  expect(await put([])).toBe(11100);
});

it('makes an archive that a test has made up as fast as it is read, and no faster', async () => {
  const piece = Buffer.alloc(1 << 20, 7);
  const pieces = 300;
  let made = 0;
  harness.emulator.archive('v', function* () {
    for (made = 0; made < pieces; made++) yield piece;
  });
  const url = await exported();
  expect(made).toBe(pieces);
  const { body } = await get(url);
  let received = 0;
  for await (const bytes of body ?? []) {
    if (received === 0) await delay(50);
    received += bytes.length;
    // What is on its way is in buffers of the two ends, which hold some megabytes.
    expect(made * piece.length - received).toBeLessThan(100 * piece.length);
  }
  expect(received).toBe(pieces * piece.length);
});

it('lets an export fail whose archive cannot be made, and tries again when asked again', async () => {
  harness.emulator.archive('v', failing);
  await start();
  harness.emulator.advance(200);
  const { datasetVersion } = await harness.client.call('GetDatasetVersion', version());
  const info = datasetVersion?.exportInfo?.clarifaiDataProtobuf;
  expect(info).toMatchObject({ status: { code: 64202, details: 'no such luck' }, url: '' });
  harness.emulator.archive('v', Buffer.from('bytes'));
  expect(await (await get(await exported())).text()).toBe('bytes');
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('some');
  await delay(1);
  throw new Error('no such luck');
}

it.each([true, false])('hosts exports after a restart, too, with storeBytes: %s', async (storeBytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  const lifecycle = { pendingMs: 0, inProgressMs: 0 };
  const start = () => startHarness({ storeBytes, persist: join(folder, 'state'), lifecycle });
  const scope = { datasetId: 'd', datasetVersionId: 'v' };
  {
    await using before = await start();
    const { client, userAppId } = before;
    await client.call('PostDatasets', { userAppId, datasets: [{ id: 'd' }] });
    const photo = { id: 'photo', data: { image: { base64: photograph() } }, datasetIds: ['d'] };
    await client.call('PostInputs', { userAppId, inputs: [photo] });
    await client.call('PostDatasetVersions', { userAppId, datasetId: 'd', datasetVersions: [{ id: 'v' }] });
    const exports = [{ format: Format.CLARIFAI_DATA_PROTOBUF }];
    await client.call('PutDatasetVersionExports', { userAppId, ...scope, exports });
  }
  {
    await using after = await start();
    const { client, userAppId, emulator } = after;
    const read = (url = '') => fetch(url, { headers: { authorization: `Key ${emulator.pat}` } });
    const { datasetVersion } = await client.call('GetDatasetVersion', { userAppId, ...scope });
    const archive = await read(datasetVersion?.exportInfo?.clarifaiDataProtobuf?.url);
    const [, batch] = await unzip(new Uint8Array(await archive.arrayBuffer()));
    const [input] = InputBatch.decode(batch?.bytes ?? new Uint8Array()).inputs;
    expect(input?.id).toBe('photo');
    const hosted = storeBytes ? Buffer.from(await (await read(input?.data?.image?.url)).arrayBuffer()) : photograph();
    expect(hosted).toEqual(photograph());
  }
  rmSync(folder, { recursive: true });
});

describe('model versions', () => {
  const call = (method: 'PutModelVersionExports' | 'GetModelVersionExport', versionId = '') =>
    harness.client.call(method, { userAppId: harness.userAppId, modelId: 'm', versionId });

  beforeEach(() => {
    harness.emulator.model({ id: 'm', predict: () => ({}) });
  });

  it('are exported in time', async () => {
    const states: unknown[] = [];
    const look = async () => {
      const { status, export: shown } = await call('GetModelVersionExport');
      states.push(shown?.status?.code ?? status?.code);
      return shown;
    };
    await look();
    states.push((await call('PutModelVersionExports')).export?.status?.code);
    harness.emulator.advance(100);
    await look();
    harness.emulator.advance(100);
    const done = await look();
    expect(states).toEqual([11101, 21503, 21501, 21500]);
    const response = await get(done?.url ?? '', { range: 'bytes=257-261' });
    expect([response.status, await response.text()]).toEqual([206, 'ustar']);
    expect(response.headers.get('content-range')).toBe(`bytes 257-261/${Number(done?.size)}`);
    expect((await fetch(done?.url ?? '')).status).toBe(404);
  });

  it('must exist and be trained', async () => {
    const { client, userAppId } = harness;
    expect((await call('PutModelVersionExports', 'unknown')).status?.code).toBe(21200);
    await client.call('PostModels', { userAppId, models: [{ id: 'new', modelTypeId: 'visual-classifier' }] });
    const untrained = await client.call('PutModelVersionExports', { userAppId, modelId: 'new' });
    expect(untrained.status?.code).toBe(21203);
  });
});
