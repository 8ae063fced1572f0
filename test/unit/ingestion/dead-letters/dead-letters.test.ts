import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRequestError } from '../../../../src/base/errors';
import type { GivenUp } from '../../../../src/ingestion/dead-letters/dead-letter';
import { openDeadLetterFile } from '../../../../src/ingestion/dead-letters/dead-letter-file';
import { deadLetterSource } from '../../../../src/ingestion/dead-letters/dead-letter-source';
import { systemFiles } from '../../../../src/ingestion/journal/journal-files';
import type { Lease } from '../../../../src/ingestion/source';
import { SimulatedDisk } from '../journal/simulated-disk';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letters-'));
  path = join(directory, 'letters.ndjson');
});
afterEach(() => rm(directory, { recursive: true }));

const error = new InvalidRequestError('PostInputs INPUT_INVALID_URL: wrong (req abc)', {
  code: 'INPUT_INVALID_URL',
  source: 'status',
  category: 'rejected',
  statusCode: 30104,
  requestId: 'abc',
});

const givenUp = (index: number, input: GivenUp['input'], id: string | undefined = `id-${index}`): GivenUp => ({
  index,
  id,
  input,
  error,
  attempts: 2,
});

async function write(...items: readonly GivenUp[]): Promise<string[]> {
  const file = await openDeadLetterFile(path, systemFiles);
  await Promise.all(items.map((item) => file.add(item)));
  await file.close();
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

async function read(after?: string): Promise<Lease[]> {
  const leases: Lease[] = [];
  const { signal } = new AbortController();
  for await (const lease of deadLetterSource(path).read({ after, signal })) leases.push(lease);
  return leases;
}

const messageOf = (lease: Lease | undefined): string | undefined =>
  lease?.input instanceof Error ? lease.input.message : undefined;

test('a letter says what was given up, and why', async () => {
  const input = { id: 'id-7', url: 'https://a.b/7.jpg', concepts: ['train'], metadata: { index: 7 } };
  const [line = ''] = await write(givenUp(7, input));
  expect(JSON.parse(line)).toEqual({
    index: 7,
    id: 'id-7',
    code: 'INPUT_INVALID_URL',
    statusCode: 30104,
    description: 'PostInputs INPUT_INVALID_URL: wrong (req abc)',
    requestId: 'abc',
    attempts: 2,
    input,
  });
});

test('letters are read as the inputs they were written of, with the ids those had', async () => {
  const inputs = ['https://a.b/0.jpg', { file: 'photo.jpg' }, { text: 'ümläut\nline', id: 'given' }] as const;
  await write(...inputs.map((input, index) => givenUp(index, input)));
  expect(await read()).toEqual([
    { cursor: '1', input: { id: 'id-0', url: 'https://a.b/0.jpg' } },
    { cursor: '2', input: { id: 'id-1', file: 'photo.jpg' } },
    { cursor: '3', input: { id: 'id-2', text: 'ümläut\nline' } },
  ]);
  expect((await read('2')).map(({ cursor }) => cursor)).toEqual(['3']);
});

test.each([
  ['raw bytes', new Uint8Array(3), ['bytes']],
  ['a blob', new Blob(['x'], { type: 'image/png' }), ['image']],
  ['bytes beside a text', { text: 'kept', image: { bytes: new Uint8Array(3) } }, ['image']],
  ['a message with bytes', { data: { image: { base64: new Uint8Array(3) } } }, ['data']],
])('of %s no bytes are written, and to send them again is refused with the reason', async (_, input, omitted) => {
  const [line = ''] = await write(givenUp(0, input));
  expect(JSON.parse(line)).toMatchObject({ omitted });
  expect(line).not.toContain('base64');
  const [lease] = await read();
  expect(lease?.input).toBeInstanceOf(InvalidRequestError);
  expect(messageOf(lease)).toContain(`holds no ${omitted.join()}, for bytes are not kept: take \`id-0\``);
});

test('what was no input at all is told of, and cannot be sent again', async () => {
  await write(givenUp(0, new Error('unreadable'), undefined), givenUp(1, 7 as unknown as string, undefined));
  expect((await read()).map(messageOf)).toEqual([
    expect.stringContaining('line 1 holds no input'),
    expect.stringContaining('line 2 holds no input'),
  ]);
});

test('runs add to a file, after its last whole line', async () => {
  await write(givenUp(0, 'https://a.b/0.jpg'));
  await writeFile(path, '{"index":1,"code":"TORN","in', { flag: 'a' });
  expect(await read()).toHaveLength(1);
  await write(givenUp(2, { text: 'x'.repeat(200_000) }));
  await writeFile(path, `{"torn":"${'x'.repeat(200_000)}`, { flag: 'a' });
  expect(await write(givenUp(3, 'https://a.b/3.jpg'))).toHaveLength(3);
  expect((await read()).map(({ input }) => (input as { id: string }).id)).toEqual(['id-0', 'id-2', 'id-3']);
});

test('a line that is no letter is told of, and a file that is not there as well', async () => {
  await expect(read()).rejects.toThrow('Expected `retryDeadLetters` to be a file that can be read');
  await writeFile(path, 'hello\n{"url":"https://a.b"}\n');
  expect((await read()).map(messageOf)).toEqual([
    expect.stringContaining('Expected line 1 to be a dead letter'),
    expect.stringContaining('Expected line 2 to be a dead letter'),
  ]);
});

test('a letter is durable when it counts as written', async () => {
  const disk = new SimulatedDisk();
  const file = await openDeadLetterFile('/letters', disk);
  await file.add(givenUp(0, 'https://a.b/0.jpg'));
  disk.restart('dropped');
  expect(disk.contents('/letters').toString()).toMatch(/^\{.*\}\n$/);
});

test('a full disk is a typed error, and leaves no half line to the next run', async () => {
  const disk = new SimulatedDisk();
  const file = await openDeadLetterFile('/letters', disk);
  await file.add(givenUp(0, 'https://a.b/0.jpg'));
  const { length } = disk.contents('/letters');
  disk.space = 10;
  await expect(file.add(givenUp(1, 'https://a.b/1.jpg'))).rejects.toThrow(
    'Expected `deadLetters` to be a file that can',
  );
  await openDeadLetterFile('/letters', disk);
  expect(disk.contents('/letters')).toHaveLength(length);
});
