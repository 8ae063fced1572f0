// Archives made by the programs that people make them with.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createManualClock } from '../../src/emulator/index';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';

const longName = `${'long-'.repeat(30)}name`;
let folder: string;
let harness: Harness;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archives-'));
  mkdirSync(join(folder, 'in/deeper'), { recursive: true });
  writeFileSync(join(folder, 'in/train.jpg'), photograph());
  writeFileSync(join(folder, 'in/deeper/note.txt'), 'some words');
  writeFileSync(join(folder, `in/deeper/${longName}.txt`), 'more words');
  writeFileSync(join(folder, 'in/ignored.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock(), storeBytes: true });
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

function tar(format: string): Buffer {
  const { stdout, stderr, status } = spawnSync('tar', ['-c', `--format=${format}`, 'in'], { cwd: folder });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

const url = 'https://bucket.test/archive';

/** The job in the end, and the ids of the inputs that it made. */
async function extracted(bytes: Uint8Array, source = url) {
  const { client, emulator, userAppId } = harness;
  emulator.url(source, bytes);
  await client.call('PostInputsDataSources', { userAppId, dataSources: [{ url: { url: source } }] });
  emulator.advance(400);
  const [job] = (await client.call('ListInputsExtractionJobs', { userAppId })).inputsExtractionJobs;
  const { inputs } = await client.call('ListInputs', { userAppId });
  return { status: job?.status, progress: job?.progress, inputs };
}

/** The text of an input, from where it is hosted. */
async function textOf(inputId: string): Promise<string> {
  const { client, emulator, userAppId } = harness;
  const { input } = await client.call('GetInput', { userAppId, inputId });
  const { prefix, suffix } = input?.data?.text?.hosted ?? {};
  const answer = await fetch(`${prefix}/orig/${suffix}`, { headers: { authorization: `Key ${emulator.pat}` } });
  return answer.text();
}

it.each(['ustar', 'pax', 'gnu'])('takes the files out of a tar archive of the format %s', async (format) => {
  // The first of them has no room for long names.
  if (format === 'ustar') rmSync(join(folder, `in/deeper/${longName}.txt`));
  const { status, progress, inputs } = await extracted(tar(format));
  if (format === 'ustar') writeFileSync(join(folder, `in/deeper/${longName}.txt`), 'more words');
  expect(status?.code).toBe(64002);
  const expected = format === 'ustar' ? ['note', 'train'] : [longName, 'note', 'train'];
  expect(inputs.map(({ id }) => id).sort()).toEqual(expected);
  expect(await textOf('note')).toBe('some words');
  expect(inputs.find(({ id }) => id === 'train')?.data?.image?.imageInfo).toMatchObject({ width: 512, height: 384 });
  expect(Number(progress?.imageInputsCount)).toBe(1);
  expect(Number(progress?.textInputsCount)).toBe(expected.length - 1);
  expect(Number(progress?.completedArchivesCount)).toBe(1);
});

it('takes the files out of a compressed archive, and a compressed file as itself', async () => {
  expect((await extracted(gzipSync(tar('pax')))).inputs).toHaveLength(3);
  const single = await extracted(gzipSync('alone'), 'https://bucket.test/alone.txt.gz');
  expect(single.inputs).toHaveLength(4);
  expect(await textOf('alone')).toBe('alone');
});

it.each<[string, () => Uint8Array]>([
  ['cut short', () => tar('gnu').subarray(0, 5000)],
  ['damaged', () => tar('gnu').fill(0x39, 100, 140)],
  ['compressed and cut short', () => gzipSync(tar('gnu')).subarray(0, 900)],
])('fails for an archive that is %s, and makes no inputs', async (_what, bytes) => {
  const { status, inputs } = await extracted(Uint8Array.from(bytes()));
  expect(status).toMatchObject({ code: 64003 });
  expect(status?.details).not.toBe('');
  expect(inputs).toEqual([]);
});
