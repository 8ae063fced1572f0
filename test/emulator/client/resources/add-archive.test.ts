import { mkdtempSync, rmSync, writeFileSync, existsSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { InvalidRequestError, UnavailableError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import type { AddArchiveOptions, ArchiveProgress } from '../../../../src/resources/upload-archive';
import type { UploadSource } from '../../../../src/resources/upload-content';
import { type Bench, startBench, passing } from './harness';

interface ZipWriter {
  addBuffer(bytes: Buffer, name: string, options: { readonly compress: boolean }): void;
  end(): void;
  readonly outputStream: NodeJS.ReadableStream;
}

// The package has no types.
const { ZipFile } = jest.requireActual<{ ZipFile: new () => ZipWriter }>('yazl');

let archive: Buffer;
let folder: string;
let file: string;
let state: string;

beforeAll(async () => {
  const zip = new ZipFile();
  for (const name of ['one', 'two', 'three']) {
    zip.addBuffer(Buffer.from(name.repeat(200)), `folder/${name}.txt`, { compress: false });
  }
  zip.end();
  archive = await buffer(zip.outputStream);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
  file = join(folder, 'words.zip');
  state = join(folder, 'words.upload');
  writeFileSync(file, archive);
});

afterEach(() => rmSync(folder, { recursive: true }));

const small: AddArchiveOptions = { partBytes: 500, pollMs: 5 };

async function idsOf({ clarifai }: Bench): Promise<string[]> {
  return (await clarifai.inputs.list().toArray()).map(({ id }) => id).sort();
}

/** What the service was sent, in the order of the parts. */
function partsSent({ emulator }: Bench, after = 0): { readonly partNumber: number; readonly rangeStart: number }[] {
  return emulator
    .requests({ method: 'PutUploadContentParts' })
    .slice(after)
    .flatMap(({ request }) => request?.contentParts ?? [])
    .map(({ partNumber, rangeStart }) => ({ partNumber: Number(partNumber), rangeStart: Number(rangeStart) }))
    .sort((one, other) => one.partNumber - other.partNumber);
}

test('an archive is sent in numbered parts, and its inputs are awaited', async () => {
  await using bench = await startBench({ storeBytes: true });
  const seen: ArchiveProgress[] = [];
  const template = { concepts: ['words'] };
  const onProgress = (progress: ArchiveProgress): void => void seen.push(progress);
  const adding = bench.clarifai.inputs.addArchive(file, { ...small, jobId: 'j', template, onProgress });
  const job = await passing(bench, adding);
  expect(job).toMatchObject({ id: 'j', progress: { successCount: 3, failedCount: 0 } });
  expect(await idsOf(bench)).toEqual(['one', 'three', 'two']);
  const count = Math.ceil(archive.length / 500);
  expect(partsSent(bench)).toEqual(
    Array.from({ length: count }, (_, index) => ({ partNumber: index + 1, rangeStart: index * 500 })),
  );
  expect(seen[count - 1]).toEqual({ sentBytes: archive.length, totalBytes: archive.length, job: undefined });
  expect(seen.at(-1)?.job?.status?.code).toBe(StatusCode.JOB_COMPLETED);
  const [{ request } = {}] = bench.emulator.requests({ method: 'PostInputsUploads' });
  expect(request?.inputsUploads[0]).toMatchObject({
    inputIdConflictResolution: 1,
    upload: { contentName: 'words.zip' },
  });
});

const sources: readonly (readonly [string, () => UploadSource])[] = [
  ['bytes', () => archive],
  ['a Blob', () => new Blob([new Uint8Array(archive)])],
  ['a stream', () => Readable.from([archive.subarray(0, 7), archive.subarray(7, 900), archive.subarray(900)])],
];

test.each(sources)('an archive may be %s', async (_kind, source) => {
  await using bench = await startBench({ storeBytes: true });
  const adding = bench.clarifai.inputs.addArchive(source(), { ...small, name: 'a.zip', sizeBytes: archive.length });
  expect((await passing(bench, adding)).progress?.successCount).toBe(3);
});

test('a part whose answer is lost is sent again, also when it was the last', async () => {
  await using bench = await startBench({ storeBytes: true });
  const count = Math.ceil(archive.length / 500);
  const steps = Array.from({ length: count }, (_, index) => index === 1 || index === count - 1);
  bench.emulator.script(
    'PutUploadContentParts',
    steps.map((lost) => (lost ? { dropAfterCommit: true } : 'ok')),
  );
  // One after the other, so that the last is the one that makes the archive whole.
  const adding = bench.clarifai.inputs.addArchive(file, { ...small, concurrency: 1 });
  expect((await passing(bench, adding)).progress?.successCount).toBe(3);
});

test('no more parts are on their way, or read, than asked for', async () => {
  await using bench = await startBench({ storeBytes: true });
  let read = 0;
  let most = 0;
  const source = (async function* () {
    for (let at = 0; at < archive.length; at += 500) {
      read += 1;
      most = Math.max(most, read - bench.emulator.requests({ method: 'PutUploadContentParts' }).length);
      yield archive.subarray(at, at + 500);
    }
  })();
  await passing(
    bench,
    bench.clarifai.inputs.addArchive(source, { ...small, sizeBytes: archive.length, concurrency: 2 }),
  );
  expect(most).toBeLessThanOrEqual(3);
});

test('an upload that was interrupted goes on with the parts that are missing', async () => {
  await using bench = await startBench({ storeBytes: true });
  const { inputs } = bench.clarifai;
  bench.emulator.script('PutUploadContentParts', ['ok', 'ok', 14, 14, 14]);
  const resumable = { ...small, concurrency: 1, resume: state };
  await expect(inputs.addArchive(file, resumable)).rejects.toThrow(UnavailableError);
  expect(existsSync(state)).toBe(true);
  const before = partsSent(bench).length;
  const seen: number[] = [];
  const onProgress = ({ sentBytes }: ArchiveProgress): void => void seen.push(sentBytes);
  const job = await passing(bench, inputs.addArchive(file, { ...resumable, onProgress }));
  expect(job.progress?.successCount).toBe(3);
  expect(partsSent(bench, before)[0]).toEqual({ partNumber: 3, rangeStart: 1000 });
  expect(bench.emulator.requests({ method: 'PostInputsUploads' })).toHaveLength(1);
  // The two parts that were there count from the first report on.
  expect(seen.slice(0, 2)).toEqual([1500, Math.min(2000, archive.length)]);
  expect(existsSync(state)).toBe(false);
});

test('an upload that was interrupted while its inputs were made only waits for them', async () => {
  await using bench = await startBench({ storeBytes: true });
  const { inputs } = bench.clarifai;
  const waiting = inputs.addArchive(file, { ...small, resume: state, timeoutMs: 20 });
  await expect(waiting).rejects.toMatchObject({ code: 'WAIT_TIMEOUT' });
  const before = partsSent(bench).length;
  const job = await passing(bench, inputs.addArchive(file, { ...small, resume: state }));
  expect(job.progress?.successCount).toBe(3);
  expect(partsSent(bench)).toHaveLength(before);
});

test('an upload that the service does not have any more begins anew', async () => {
  await using bench = await startBench({ storeBytes: true });
  const { inputs, rpc } = { inputs: bench.clarifai.inputs, rpc: bench.clarifai.rpc };
  bench.emulator.script('PutUploadContentParts', ['ok', 14, 14, 14]);
  const resumable = { ...small, concurrency: 1, resume: state };
  await expect(inputs.addArchive(file, resumable)).rejects.toThrow(UnavailableError);
  const { userAppId } = bench.emulator.requests({ method: 'PostInputsUploads' })[0]?.request ?? {};
  const { uploads } = await rpc.ListUploads({ userAppId });
  await rpc.DeleteUploads({ userAppId, ids: uploads.map(({ id }) => id) });
  expect((await passing(bench, inputs.addArchive(file, resumable))).progress?.successCount).toBe(3);
});

test('the state of another archive is refused', async () => {
  await using bench = await startBench({ storeBytes: true });
  const { inputs } = bench.clarifai;
  bench.emulator.script('PutUploadContentParts', ['ok', 14, 14, 14]);
  const resumable = { ...small, concurrency: 1, resume: state };
  await expect(inputs.addArchive(file, resumable)).rejects.toThrow(UnavailableError);
  appendFileSync(file, 'more');
  await expect(inputs.addArchive(file, resumable)).rejects.toMatchObject({ code: 'UPLOAD_MISMATCH' });
  writeFileSync(state, '{"uploadId":');
  await expect(inputs.addArchive(file, resumable)).rejects.toMatchObject({ code: 'UPLOAD_MISMATCH' });
});

test('an abort ends the upload with its reason, and deletes it when asked to', async () => {
  await using bench = await startBench({ storeBytes: true });
  const { inputs, rpc } = { inputs: bench.clarifai.inputs, rpc: bench.clarifai.rpc };
  const reason = new Error('enough');
  for (const [cancelOnAbort, left] of [
    [false, 1],
    [true, 1],
  ] as const) {
    const aborting = new AbortController();
    const onProgress = (): void => aborting.abort(reason);
    const options = { ...small, concurrency: 1, signal: aborting.signal, cancelOnAbort, onProgress };
    await expect(inputs.addArchive(file, options)).rejects.toBe(reason);
    const { userAppId } = bench.emulator.requests({ method: 'PostInputsUploads' })[0]?.request ?? {};
    expect((await rpc.ListUploads({ userAppId })).uploads).toHaveLength(left);
  }
});

test('an archive that cannot be unpacked rejects with what the extraction failed of', async () => {
  await using bench = await startBench({ storeBytes: true });
  const damaged = archive.subarray(0, archive.length - 30);
  const adding = bench.clarifai.inputs.addArchive(damaged, { ...small, name: 'damaged.zip' });
  await expect(passing(bench, adding)).rejects.toMatchObject({ statusCode: StatusCode.JOB_FAILED });
});

const wrong: readonly (readonly [() => UploadSource, AddArchiveOptions, string])[] = [
  [() => join(folder, 'nothing.zip'), {}, 'Expected `archive` to be a file that can be read'],
  [() => folder, {}, 'Expected `archive` to be a file'],
  [() => new Uint8Array(), {}, 'Expected `archive` to be at least one byte'],
  [() => Readable.from([]), {}, 'Expected `sizeBytes` to be an integer of at least 1'],
  [() => 5 as unknown as string, {}, 'Expected `archive` to be an iterable or async iterable'],
  [() => file, { partBytes: 0 }, 'Expected `partBytes` to be an integer from 1'],
  [() => archive, { resume: 'x' }, 'Expected `resume` to be given for a file only, by its path'],
];

test.each(wrong)(
  'what is wrong with an archive is refused without a request (%#)',
  async (source, options, message) => {
    await using bench = await startBench();
    const adding = bench.clarifai.inputs.addArchive(source(), options);
    await expect(adding).rejects.toThrow(InvalidRequestError);
    await expect(adding).rejects.toThrow(message);
    expect(bench.emulator.requests()).toHaveLength(0);
  },
);

test.each([
  [2, 'The stream holds more than `sizeBytes` (2)'],
  [9, 'The stream ended after 4 of 9 bytes'],
])('a stream that is not as long as said ends the upload (%d)', async (sizeBytes, message) => {
  await using bench = await startBench();
  const stream = Readable.from([Buffer.from('four')]);
  await expect(bench.clarifai.inputs.addArchive(stream, { sizeBytes })).rejects.toThrow(message);
});
