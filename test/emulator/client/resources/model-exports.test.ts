import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatusCode } from '../../../../generated/proto/clarifai/api/status/status_code';
import { NotFoundError } from '../../../../src/base/errors';
import { type Bench, startBench } from './harness';

let folder: string;
let bench: Bench;
let ticking: NodeJS.Timeout;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'model-exports-'));
  bench = await startBench();
  bench.emulator.model({ id: 'm', predict: () => ({}) });
  ticking = setInterval(() => bench.emulator.advance(1_000), 5);
});

afterEach(async () => {
  clearInterval(ticking);
  await bench[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test('an archive of a version is asked for once, awaited and written', async () => {
  const model = bench.clarifai.model('m');
  const versionId = (await model.get()).modelVersion?.id ?? '';
  const { url, size } = await model.versions.export(versionId, { pollMs: 5 });
  expect(url).toContain('model.tar');
  expect(size).toBeGreaterThan(0);
  const file = join(folder, 'model.tar');
  await model.versions.download(versionId, file, { pollMs: 5 });
  expect(readFileSync(file, 'latin1')).toContain('config.pbtxt');
  expect(bench.emulator.requests({ method: 'PutModelVersionExports' })).toHaveLength(1);
});

test('a version that there is not has no archive', async () => {
  await expect(bench.clarifai.model('m').versions.export('nothing')).rejects.toThrow(NotFoundError);
});

test('an archive that cannot be made says why', async () => {
  const { emulator, clarifai } = bench;
  const { versions } = clarifai.model('m');
  emulator.rule('PutModelVersionExports', { status: StatusCode.MODEL_EXPORTING_FAILED });
  const versionId = (await clarifai.model('m').get()).modelVersion?.id ?? '';
  await expect(versions.export(versionId)).rejects.toMatchObject({ code: 'MODEL_EXPORTING_FAILED' });
});
