import { buffer } from 'node:stream/consumers';
import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

interface ZipWriter {
  addBuffer(bytes: Buffer, name: string): void;
  end(): void;
  readonly outputStream: NodeJS.ReadableStream;
}

// The package has no types.
const { ZipFile } = jest.requireActual<{ ZipFile: new () => ZipWriter }>('yazl');

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock() });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function archive(): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(photograph(), 'folder/train.jpg');
  zip.addBuffer(Buffer.from('some words'), 'folder/note.txt');
  zip.addBuffer(Buffer.from('{}'), 'folder/ignored.json');
  zip.end();
  return buffer(zip.outputStream);
}

/** Lets what is not on the emulator's clock, such as unzipping, come to its end. */
async function until<T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
  }
}

async function put(uploadId: string, bytes: Uint8Array, rangeStart = 0, partNumber = 1) {
  const contentParts = [{ rangeStart, partNumber, data: bytes }];
  return harness.client.call('PutUploadContentParts', { userAppId: harness.userAppId, uploadId, contentParts });
}

it('takes the parts of an upload in any order, and counts them', async () => {
  const { client, userAppId } = harness;
  const posted = await client.call('PostUploads', {
    userAppId,
    uploads: [{ id: 'u', contentName: 'x', contentLength: 10 }],
  });
  expect(posted.uploads[0]).toMatchObject({ id: 'u', status: { code: 68000, percentCompleted: 0 } });
  expect((await put('u', new Uint8Array(6), 4, 2)).upload?.status).toMatchObject({ code: 68000, percentCompleted: 60 });
  expect((await put('u', new Uint8Array(6), 4, 2)).upload?.status?.percentCompleted).toBe(60);
  expect((await put('u', new Uint8Array(2), 3)).status?.code).toBe(68006);
  expect((await put('u', new Uint8Array(2), 9)).status?.code).toBe(11105);
  expect((await put('u', new Uint8Array(4))).upload?.status).toMatchObject({ code: 68001, percentCompleted: 100 });
  expect((await put('u', new Uint8Array(4))).status?.code).toBe(68006);
  expect((await client.call('ListUploads', { userAppId })).uploads.map(({ id }) => id)).toEqual(['u']);
  await client.call('DeleteUploads', { userAppId, ids: ['u'] });
  expect((await client.call('GetUpload', { userAppId, uploadId: 'u' })).status?.code).toBe(11101);
});

it('refuses uploads that are empty or too large', async () => {
  for (const contentLength of [0, 2 ** 40]) {
    const request = { userAppId: harness.userAppId, uploads: [{ contentLength }] };
    expect((await harness.client.call('PostUploads', request)).status?.code).toBe(11100);
  }
});

it('makes inputs of the files in an uploaded archive, under the job that counts them', async () => {
  const { client, userAppId, emulator } = harness;
  const bytes = await archive();
  const posted = await client.call('PostInputsUploads', {
    userAppId,
    inputsUploads: [
      {
        inputsAddJobId: 'job',
        upload: { contentName: 'inputs.zip', contentLength: bytes.length },
        inputTemplate: { data: { concepts: [{ id: 'uploaded', value: 1 }] } },
      },
    ],
  });
  expect(posted.inputsAddJobs[0]).toMatchObject({ id: 'job', uploads: [{ status: { code: 68000 } }] });
  const half = bytes.length >> 1;
  const uploadId = posted.inputsAddJobs[0]?.uploads[0]?.id ?? '';
  await put(uploadId, bytes.subarray(half), half, 2);
  await put(uploadId, bytes.subarray(0, half), 0, 1);
  const jobs = async () => (await client.call('ListInputsExtractionJobs', { userAppId })).inputsExtractionJobs;
  const whole = async () => (await client.call('GetInputsAddJob', { userAppId, id: 'job' })).inputsAddJob;
  expect(await whole()).toMatchObject({
    status: { code: 64000 },
    uploads: [{ id: uploadId, status: { code: 68001 } }],
    extractionJobs: [{ status: { code: 64000 } }],
  });
  expect((await jobs())[0]?.status?.code).toBe(64000);
  emulator.advance(100);
  const count = (job: Awaited<ReturnType<typeof jobs>>[number] | undefined) => Number(job?.progress?.textInputsCount);
  const [running] = await until(jobs, ([job]) => count(job) > 0);
  expect(running?.status?.code).toBe(64001);
  expect(Number(running?.progress?.imageInputsCount)).toBe(1);
  emulator.advance(200);
  expect((await jobs())[0]?.status?.code).toBe(64002);
  const { inputs } = await client.call('ListInputs', { userAppId });
  expect(inputs).toMatchObject([
    {
      id: 'train',
      status: { code: 30000 },
      data: { concepts: [{ id: 'uploaded' }], image: { imageInfo: { format: 'JPEG' } } },
    },
    { id: 'note', data: { concepts: [{ id: 'uploaded' }] } },
  ]);
  const over = await whole();
  expect(Number(over?.progress?.successCount)).toBe(2);
  expect(over?.status?.code).toBe(64002);
});

it('reads data sources that are seeded, and fails the jobs of others', async () => {
  const { client, userAppId, emulator } = harness;
  emulator.url('s3://bucket/photo.jpg', photograph());
  const dataSources = ['s3://bucket/photo.jpg', 's3://bucket/unknown.zip'].map((url) => ({ url: { url } }));
  const posted = await client.call('PostInputsDataSources', { userAppId, dataSources });
  const [first, second] = posted.inputsAddJobs.map(({ extractionJobs }) => extractionJobs[0]?.id ?? '');
  const job = async (inputsExtractionJobId = '') =>
    (await client.call('GetInputsExtractionJob', { userAppId, inputsExtractionJobId })).inputsExtractionJob;
  emulator.advance(100);
  await until(
    () => job(first),
    (one) => Number(one?.progress?.imageInputsCount) === 1,
  );
  expect((await job(second))?.status).toMatchObject({
    code: 64003,
    details: 'Unsupported URL scheme: s3://bucket/unknown.zip',
  });
  expect((await client.call('ListInputs', { userAppId })).inputs.map(({ id }) => id)).toEqual(['photo']);
  expect((await client.call('PostInputsDataSources', { userAppId, dataSources: [{}] })).status?.code).toBe(30106);
});

it('cancels extraction that has not begun', async () => {
  const { client, userAppId, emulator } = harness;
  emulator.url('s3://bucket/photo.jpg', photograph());
  const posted = await client.call('PostInputsDataSources', {
    userAppId,
    dataSources: [{ url: { url: 's3://bucket/photo.jpg' } }],
  });
  const ids = [posted.inputsAddJobs[0]?.extractionJobs[0]?.id ?? ''];
  const cancelled = await client.call('CancelInputsExtractionJobs', { userAppId, ids });
  expect(cancelled.inputsExtractionJobs[0]?.status?.code).toBe(64004);
  emulator.advance(300);
  expect((await client.call('ListInputs', { userAppId })).inputs).toEqual([]);
});
