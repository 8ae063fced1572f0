import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '../../../../src/operations/collect';
import { type Bench, startBench } from './harness';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

test.each([1, 4, 5])('what a version has logged is listed once and in order, %i of it in pages of 2', async (count) => {
  const { clarifai, emulator } = bench;
  const { userId, appId } = emulator;
  const messages = Array.from({ length: count }, (_, at) => `line ${at}`);
  const meta = { userAppId: { userId, appId }, modelId: 'm', modelVersionId: 'v' };
  await clarifai.rpc.PostLogEntries({
    logEntries: [
      ...messages.map((message) => ({ message, logType: 'builder', meta })),
      { message: 'of another', logType: 'runner', meta },
    ],
  });
  const { versions } = clarifai.model('m');
  const listed = await collect(versions.listLogs('v', { type: 'builder' }, { pageSize: 2 }));
  expect(listed.map(({ message }) => message)).toEqual(messages);
});

test('a version without logs has none, and a filter without a type is refused', async () => {
  const { versions } = bench.clarifai.model('m');
  expect(await versions.listLogs('v', { type: 'builder' }).toArray()).toEqual([]);
  expect(() => versions.listLogs('v', { type: '' })).toThrow('Expected `filter.type` to be a non-empty string');
});

test('the log of a training is written to a file, and a version without one says so', async () => {
  const { clarifai, emulator } = bench;
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const file = join(folder, 'train.log');
  try {
    await clarifai.app().models.create('m', { modelTypeId: 'visual-classifier' });
    const { versions } = clarifai.model('m');
    const { id } = await versions.create({ outputInfo: { data: { concepts: [{ id: 'a' }] } } });
    await expect(versions.downloadTrainLog(id, file)).rejects.toMatchObject({ code: 'NOTHING_TO_DOWNLOAD' });
    const server = createServer((_, response) => response.end('epoch 1\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const trainLog = `http://127.0.0.1:${port}/train.log`;
    await versions.patch(id, { trainLog });
    await versions.downloadTrainLog(id, file);
    server.close();
    expect(readFileSync(file, 'utf8')).toBe('epoch 1\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(emulator.requests({ method: 'GetModelVersion' })).toHaveLength(2);
});
