import { inspect } from 'node:util';
import type { ClarifaiError } from '../../../../src/base/errors';
import { DeadlineExceededError, InvalidRequestError, NotFoundError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import type { CloudSource } from '../../../../src/resources/cloud-source';
import { type Bench, startBench, passing } from './harness';

const note = new TextEncoder().encode('some words');

async function benchWithCloud(): Promise<Bench> {
  const bench = await startBench({ storeBytes: true });
  bench.emulator.url('s3://bucket/note.txt', note);
  return bench;
}

const s3 = { region: 'us-east-1', id: 'AKIA-ID', secret: 'very-secret', token: 'the-token' };

test('what is in a cloud is added with its credentials and a template, and awaited with its progress', async () => {
  await using bench = await benchWithCloud();
  const { inputs } = bench.clarifai;
  const [job] = await inputs.addFromCloud([
    {
      url: 's3://bucket/note.txt',
      credentials: { s3 },
      jobId: 'nightly',
      conflicts: 'suffix',
      template: { concepts: ['cloudy'], metadata: { from: 's3' } },
    },
  ]);
  expect(job).toMatchObject({ id: 'nightly', status: { code: StatusCode.JOB_QUEUED } });
  const seen: number[] = [];
  const onProgress = ({ status }: { readonly status: { readonly code: number } | undefined }): void =>
    void seen.push(status?.code ?? 0);
  const done = await passing(bench, inputs.jobs.wait('nightly', { pollMs: 5, onProgress }));
  expect(done).toMatchObject({ progress: { successCount: 1, pendingCount: 0 }, extractionJobs: [{ progress: {} }] });
  expect(seen.at(-1)).toBe(StatusCode.JOB_COMPLETED);
  expect(await inputs.get('note')).toMatchObject({ data: { concepts: [{ id: 'cloudy' }], metadata: { from: 's3' } } });
  const [{ request } = {}] = bench.emulator.requests({ method: 'PostInputsDataSources' });
  expect(request?.dataSources[0]).toMatchObject({
    url: { url: 's3://bucket/note.txt', credentials: { s3Creds: s3 } },
    inputIdConflictResolution: 2,
  });
});

test('credentials of Azure and Google are sent as the service wants them', async () => {
  await using bench = await benchWithCloud();
  const azure = { accountName: 'mine', accountKey: 'secret' };
  await bench.clarifai.inputs.addFromCloud([
    { url: 'https://mine.blob.core.windows.net/x', credentials: { azure } },
    { url: 'gs://bucket/x', credentials: { gcp: { type: 'service_account', private_key: 'secret' } } },
  ]);
  const [{ request } = {}] = bench.emulator.requests({ method: 'PostInputsDataSources' });
  expect(request?.dataSources[0]?.url?.credentials?.azureBlobCreds).toEqual(azure);
  const gcp = Buffer.from(request?.dataSources[1]?.url?.credentials?.gcpCreds ?? []).toString();
  expect(JSON.parse(gcp)).toEqual({ type: 'service_account', private_key: 'secret' });
});

test('an extraction that fails rejects the wait with what it failed of', async () => {
  await using bench = await benchWithCloud();
  const { inputs } = bench.clarifai;
  const [job] = await inputs.addFromCloud([{ url: 's3://bucket/nothing.zip' }]);
  await expect(passing(bench, inputs.jobs.wait(job?.id ?? '', { pollMs: 5 }))).rejects.toMatchObject({
    statusCode: StatusCode.JOB_FAILED,
  });
});

test('a wait that ends in time says what it saw, and leaves the job alone', async () => {
  await using bench = await benchWithCloud();
  const { inputs } = bench.clarifai;
  const [job] = await inputs.addFromCloud([{ url: 's3://bucket/note.txt' }]);
  const waiting = inputs.jobs.wait(job?.id ?? '', { timeoutMs: 500, pollMs: 5 });
  await expect(waiting).rejects.toThrow(DeadlineExceededError);
  await expect(waiting).rejects.toThrow('last seen: JOB_QUEUED, 0 inputs processed, 0 failed, 0 under way');
  expect(bench.emulator.requests({ method: 'CancelInputsAddJob' })).toHaveLength(0);
});

test('an abort ends the wait with its reason, and cancels the job when asked to', async () => {
  await using bench = await benchWithCloud();
  const { jobs } = bench.clarifai.inputs;
  const [kept] = await bench.clarifai.inputs.addFromCloud([{ url: 's3://bucket/note.txt' }]);
  const [cancelled] = await bench.clarifai.inputs.addFromCloud([{ url: 's3://bucket/note.txt' }]);
  const reason = new Error('enough');
  for (const [job, cancelOnAbort] of [
    [kept, false],
    [cancelled, true],
  ] as const) {
    const aborting = new AbortController();
    const onProgress = (): void => aborting.abort(reason);
    const waiting = jobs.wait(job?.id ?? '', { signal: aborting.signal, pollMs: 5, cancelOnAbort, onProgress });
    await expect(waiting).rejects.toBe(reason);
  }
  expect((await jobs.get(kept?.id ?? '')).status?.code).toBe(StatusCode.JOB_QUEUED);
  expect(await jobs.get(cancelled?.id ?? '')).toMatchObject({
    status: { code: StatusCode.JOB_CANCELLED },
    extractionJobs: [{ status: { code: StatusCode.JOB_CANCELLED } }],
  });
  await expect(jobs.wait(cancelled?.id ?? '')).rejects.toMatchObject({ statusCode: StatusCode.JOB_CANCELLED });
});

test('jobs and extractions are listed, read and cancelled', async () => {
  await using bench = await benchWithCloud();
  const { jobs } = bench.clarifai.inputs;
  const added = await bench.clarifai.inputs.addFromCloud([
    { url: 's3://bucket/note.txt', jobId: 'one' },
    { url: 's3://bucket/note.txt', jobId: 'two' },
  ]);
  expect(added.map(({ id }) => id)).toEqual(['one', 'two']);
  expect((await jobs.list({ pageSize: 1 }).toArray()).map(({ id }) => id).sort()).toEqual(['one', 'two']);
  const extractions = await jobs.listExtractions({ pageSize: 1 }).toArray();
  expect(extractions).toHaveLength(2);
  const [{ id } = { id: '' }] = extractions;
  await jobs.cancelExtractions([id]);
  expect((await jobs.getExtraction(id)).status?.code).toBe(StatusCode.JOB_CANCELLED);
  expect((await jobs.cancel('two')).status?.code).toBe(StatusCode.JOB_CANCELLED);
  for (const missing of [jobs.get('x'), jobs.cancel('x'), jobs.getExtraction('x'), jobs.cancelExtractions(['x'])]) {
    await expect(missing).rejects.toThrow(NotFoundError);
  }
  await expect(jobs.cancelExtractions([])).rejects.toThrow(InvalidRequestError);
});

test('an error of the service does not repeat a credential', async () => {
  await using bench = await benchWithCloud();
  bench.emulator.script('PostInputsDataSources', [{ status: 11100, details: 'wrong key very-secret the-token' }]);
  const adding = bench.clarifai.inputs.addFromCloud([{ url: 's3://bucket/x', credentials: { s3 } }]);
  const error: unknown = await adding.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ statusCode: 11100, details: 'wrong key [redacted] [redacted]' });
  expect(inspect(error, { depth: 9 })).not.toMatch(/very-secret|the-token/);
});

test('a token that the service gives along is not handed out', async () => {
  await using bench = await benchWithCloud();
  const [job] = await bench.clarifai.inputs.addFromCloud([{ url: 's3://bucket/note.txt' }]);
  expect(job).not.toHaveProperty('appPat');
});

const wrong: readonly (readonly [object, string])[] = [
  [{ url: 'bucket' }, 'Expected `sources[0].url` to be a URL, such as s3://bucket/folder/'],
  [{ url: '' }, 'Expected `sources[0].url` to be a non-empty string'],
  [{ url: 's3://b', credentials: { s3: { ...s3, secret: 5 } } }, 'Expected `sources[0].credentials.s3.secret`'],
  [{ url: 's3://b', credentials: { aws: s3 } }, 'Unknown name `aws` in `sources[0].credentials`'],
  [{ url: 's3://b', credentials: { s3, azure: {} } }, 'to be one of s3, azure and gcp'],
  [{ url: 's3://b', credentials: 'very-secret' }, 'Expected `sources[0].credentials` to be an object'],
  [{ url: 's3://b', conflicts: 'overwrite' }, "Expected `sources[0].conflicts` to be one of 'skip', 'suffix'"],
  [{ url: 's3://b', jobId: 'a/b' }, 'Expected `sources[0].jobId` to be an id'],
  [{ url: 's3://b', template: { url: 'x' } }, 'Unknown name `url` in `sources[0].template`'],
];

test.each(wrong)(
  'the source %# is refused without a request, and without showing a secret',
  async (source, message) => {
    await using bench = await benchWithCloud();
    const adding = bench.clarifai.inputs.addFromCloud([source as CloudSource]);
    const error: unknown = await adding.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as ClarifaiError).message).toContain(message);
    expect(inspect(error, { depth: 9 })).not.toMatch(/very-secret|the-token|AKIA-ID/);
    expect(bench.emulator.requests()).toHaveLength(0);
  },
);
