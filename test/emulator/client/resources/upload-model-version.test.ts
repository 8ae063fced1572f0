import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AuthenticationError, InvalidRequestError, NotFoundError, UnavailableError } from '../../../../src/base/errors';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import type { EmulatorOptions } from '../../../../src/emulator';
import type { ModelVersions } from '../../../../src/resources/model-versions';
import type {
  ModelFileSource,
  ModelUploadProgress,
  UploadModelVersionOptions,
} from '../../../../src/resources/upload-model-version';
import { type Bench, startBench, passing } from './harness';

let folder: string;
let file: string;
let state: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
  file = join(folder, 'model.zip');
  state = join(folder, 'model.upload');
  writeFileSync(file, Buffer.alloc(2_300, 'model'));
});

afterEach(() => rmSync(folder, { recursive: true }));

interface ModelBench extends Bench {
  readonly versions: ModelVersions;
}

async function benchWithModel(options: EmulatorOptions = {}): Promise<ModelBench> {
  const bench = await startBench(options);
  await bench.clarifai.app().models.create('m', { modelTypeId: 'any-to-any' });
  return { ...bench, versions: bench.clarifai.model('m').versions };
}

const small: UploadModelVersionOptions = { partBytes: 500, pollMs: 5 };

/** The messages of each stream that was opened. */
function streamsOf({ emulator }: Bench) {
  return emulator.requests({ method: 'PostModelVersionsUpload' });
}

/** Numbers of the parts of each stream. */
function partsOf(bench: Bench): number[][] {
  return streamsOf(bench).map(({ requests }) =>
    requests.flatMap(({ contentPart }) => (contentPart === undefined ? [] : [Number(contentPart.partNumber)])),
  );
}

test('a version is sent in numbered parts that say where they begin, built and awaited', async () => {
  await using bench = await benchWithModel();
  const seen: ModelUploadProgress[] = [];
  const onProgress = (progress: ModelUploadProgress): void => {
    seen.push(progress);
    if (progress.status !== undefined) bench.emulator.advance(1_000);
  };
  const options = { ...small, isV3: true, storageRequestBytes: 9_000, onProgress };
  const version = await bench.versions.upload(file, { description: 'mine' }, options);
  expect(version).toMatchObject({ description: 'mine', status: { code: StatusCode.MODEL_TRAINED } });
  const [{ requests } = { requests: [] }] = streamsOf(bench);
  const [first, ...parts] = requests;
  expect(first?.uploadConfig).toMatchObject({ modelId: 'm', isV3: true, modelVersion: { id: version.id } });
  expect([first?.uploadConfig?.totalSize, first?.uploadConfig?.storageRequestSize].map(Number)).toEqual([2300, 9000]);
  const places = parts.map(({ contentPart }) => [Number(contentPart?.partNumber), Number(contentPart?.rangeStart)]);
  expect(places).toEqual([
    [1, 0],
    [2, 500],
    [3, 1000],
    [4, 1500],
    [5, 2000],
  ]);
  expect(seen.slice(0, 5).map(({ sentBytes }) => sentBytes)).toEqual([500, 1000, 1500, 2000, 2300]);
  expect(seen.at(-1)?.status).toBe('MODEL_BUILDING');
});

test.each<readonly [string, () => ModelFileSource]>([
  ['bytes', () => new Uint8Array(700)],
  ['a Blob', () => new Blob([new Uint8Array(700)])],
])('a version may be %s', async (_kind, source) => {
  await using bench = await benchWithModel();
  const version = await bench.versions.upload(source(), { id: 'v' }, small);
  expect(version).toMatchObject({ id: 'v', status: { code: StatusCode.MODEL_TRAINED } });
  expect(partsOf(bench)).toEqual([[1, 2]]);
});

test('a stream that breaks off is followed by one that begins with the part that was not answered', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [{ cutAfter: 3 }, { cutAfter: 2 }]);
  const version = await bench.versions.upload(file, {}, small);
  expect(version.status?.code).toBe(StatusCode.MODEL_TRAINED);
  const parts = partsOf(bench);
  expect(parts.map(([first]) => first)).toEqual([1, 3, 4]);
  expect(parts[2]).toEqual([4, 5]);
  const ids = streamsOf(bench).map(({ requests: [first] }) => first?.uploadConfig?.modelVersion?.id);
  expect(new Set(ids)).toEqual(new Set([version.id]));
});

test('an upload whose last answer was lost is not sent again', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [{ cutAfter: 5 }]);
  expect((await bench.versions.upload(file, {}, small)).status?.code).toBe(StatusCode.MODEL_TRAINED);
  expect(streamsOf(bench)).toHaveLength(1);
});

test('an upload that gets nowhere fails after as many streams as attempts', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [
    { cutAfter: 2 },
    { cutAfter: 1 },
    { cutAfter: 1 },
    { cutAfter: 1 },
  ]);
  await expect(bench.versions.upload(file, {}, small)).rejects.toThrow(UnavailableError);
  expect(streamsOf(bench)).toHaveLength(3);
});

test('an upload that was interrupted goes on with the parts that are missing', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [{ cutAfter: 3 }]);
  const resumable = { ...small, resume: state };
  await expect(bench.versions.upload(file, {}, { ...resumable, retry: null })).rejects.toThrow(UnavailableError);
  expect(existsSync(state)).toBe(true);
  const seen: number[] = [];
  const onProgress = ({ sentBytes }: ModelUploadProgress): void => void seen.push(sentBytes);
  const version = await bench.versions.upload(file, {}, { ...resumable, onProgress });
  expect(version.status?.code).toBe(StatusCode.MODEL_TRAINED);
  expect(partsOf(bench)[1]).toEqual([3, 4, 5]);
  expect(seen.slice(0, 3)).toEqual([1500, 2000, 2300]);
  expect(existsSync(state)).toBe(false);
});

test('an upload that was interrupted during the build only waits for it', async () => {
  await using bench = await benchWithModel();
  const resumable = { ...small, isV3: true, resume: state };
  const waiting = bench.versions.upload(file, {}, { ...resumable, timeoutMs: 20 });
  await expect(waiting).rejects.toMatchObject({ code: 'WAIT_TIMEOUT' });
  const version = await passing(bench, bench.versions.upload(file, {}, resumable));
  expect(version.status?.code).toBe(StatusCode.MODEL_TRAINED);
  expect(streamsOf(bench)).toHaveLength(1);
});

test('an upload whose version is gone begins anew', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [{ cutAfter: 3 }]);
  const resumable = { ...small, resume: state };
  await expect(bench.versions.upload(file, {}, { ...resumable, retry: null })).rejects.toThrow(UnavailableError);
  const [version] = await bench.versions.list().toArray();
  await bench.versions.delete(version?.id ?? '');
  expect((await bench.versions.upload(file, {}, resumable)).status?.code).toBe(StatusCode.MODEL_TRAINED);
  expect(partsOf(bench)[1]).toEqual([1, 2, 3, 4, 5]);
});

test('a large file goes on several streams', async () => {
  await using bench = await benchWithModel({ requestLog: { maxBytes: 2 ** 28 } });
  const version = await bench.versions.upload(Buffer.alloc(95_000_000), {}, { ...small, partBytes: 50_000_000 });
  expect(version.status?.code).toBe(StatusCode.MODEL_TRAINED);
  expect(partsOf(bench)).toEqual([[1], [2]]);
});

test('what the service refuses is not tried again', async () => {
  await using bench = await benchWithModel();
  bench.emulator.script('PostModelVersionsUpload', [{ status: 11009 }]);
  await expect(bench.versions.upload(file, {}, small)).rejects.toThrow(AuthenticationError);
  await expect(bench.clarifai.model('nothing').versions.upload(file, {}, small)).rejects.toThrow(NotFoundError);
  expect(streamsOf(bench)).toHaveLength(2);
});

test('an abort ends the upload with its reason', async () => {
  await using bench = await benchWithModel();
  const reason = new Error('enough');
  const aborting = new AbortController();
  const onProgress = (): void => aborting.abort(reason);
  await expect(bench.versions.upload(file, {}, { ...small, signal: aborting.signal, onProgress })).rejects.toBe(reason);
});

test.each<readonly [() => unknown, UploadModelVersionOptions & { readonly id?: string }, string]>([
  [() => join(folder, 'nothing'), {}, 'Expected `file` to be a file that can be read'],
  [() => Readable.from([]), {}, 'Expected `file` to be a path, bytes or a Blob'],
  [() => file, { id: 'a/b' }, 'Expected `fields.id` to be an id'],
  [() => file, { partBytes: 2 ** 30 }, 'Expected `partBytes` to be an integer from 1'],
  [() => new Uint8Array(3), { resume: 'x' }, 'Expected `resume` to be given for a file only'],
])('what is wrong with an upload is refused without a request (%#)', async (source, { id, ...options }, message) => {
  await using bench = await benchWithModel();
  const uploading = bench.versions.upload(source() as string, id === undefined ? {} : { id }, options);
  await expect(uploading).rejects.toThrow(InvalidRequestError);
  await expect(uploading).rejects.toThrow(message);
  expect(streamsOf(bench)).toHaveLength(0);
});
