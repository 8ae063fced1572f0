import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { InputBatch } from '../../../../generated/codec/resources';
import { NotFoundError } from '../../../../src/base/errors';
import { collect } from '../../../../src/operations/collect';
import { throwIfFailed } from '../../../../src/operations/outcome';
import type { DatasetVersions } from '../../../../src/resources/dataset-versions';
import type { UnpackedInput } from '../../../../src/resources/unpack-dataset';
import { type Bench, passing, picture, startBench } from './harness';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface ZipWriter {
  readonly outputStream: Readable;
  addBuffer(bytes: Uint8Array, name: string): void;
  end(): void;
}
const { ZipFile } = jest.requireActual<{ ZipFile: new () => ZipWriter }>('yazl');

const protobuf = { mimetype: 'application/x.clarifai-data+protobuf' };
type Inputs = NonNullable<Parameters<typeof InputBatch.encode>[0]['inputs']>;
const batchOf = (...inputs: Inputs): Uint8Array => InputBatch.encode({ inputs });

/** An archive of entries by their paths. */
async function archiveOf(entries: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const file = join(folder, 'given.zip');
  await once(zip.outputStream.pipe(createWriteStream(file)), 'close');
  return file;
}

/** An archive in which one text was replaced by another of the same length, in all places. */
function patch(file: string, from: string, to: string): string {
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1');
  writeFileSync(file, bytes);
  return file;
}

/** A dataset with a picture and a text, annotated, and a version of it. */
async function versionOf(bench: Bench): Promise<{ readonly versions: DatasetVersions; readonly id: string }> {
  const { clarifai, emulator } = bench;
  await clarifai.app().datasets.create('trains');
  const dataset = clarifai.dataset('trains');
  const metadata = { from: 'camera', notes: ['', 0] };
  throwIfFailed(
    await dataset.add([
      { id: 'metro', image: picture(9, 9, 9), concepts: ['train', { id: 'night', value: 0 }], metadata },
      { id: 'words', text: 'all aboard' },
    ]),
  );
  emulator.advance(60_000);
  const box = { left: 0.5, top: 0.25, right: 1, bottom: 0.75 };
  throwIfFailed(await clarifai.app().annotations.create([{ inputId: 'metro', box, concepts: ['engine'] }]));
  const { versions } = dataset;
  const { id } = await versions.create();
  await passing(bench, versions.wait(id, { pollMs: 5 }));
  return { versions, id };
}

const unpackInto = (bench: Bench, { versions, id }: Awaited<ReturnType<typeof versionOf>>) =>
  passing(bench, collect(versions.unpack(id, folder, { pollMs: 5 })));

test('media are unpacked as they were sent, and what is said of them as JSON, by split', async () => {
  await using bench = await startBench({ storeBytes: true });
  const unpacked: UnpackedInput[] = throwIfFailed(await unpackInto(bench, await versionOf(bench)));
  expect(unpacked.map(({ id, split, files }) => [id, split, files.map(({ kind }) => kind)])).toEqual([
    ['metro', 'all', ['image']],
    ['words', 'all', ['text']],
  ]);
  const [metro, words] = unpacked;
  expect(readFileSync(metro?.files[0]?.file ?? '').equals(picture(9, 9, 9))).toBe(true);
  expect(readFileSync(join(folder, 'all/inputs/words.txt'), 'utf8')).toBe('all aboard');
  expect(JSON.parse(readFileSync(metro?.annotations ?? '', 'utf8'))).toMatchObject({
    id: 'metro',
    concepts: [
      { id: 'train', value: 1 },
      { id: 'night', value: 0 },
    ],
    regions: [
      {
        regionInfo: { boundingBox: { topRow: 0.25, leftCol: 0.5, bottomRow: 0.75, rightCol: 1 } },
        data: { concepts: [{ id: 'engine' }] },
      },
    ],
    metadata: { from: 'camera', notes: ['', 0] },
  });
  expect(readFileSync(words?.annotations ?? '', 'utf8')).toBe('{"id":"words"}\n');
});

test('a second run takes what is there: nothing is asked of the service, nor of where media are', async () => {
  await using bench = await startBench({ storeBytes: true });
  const version = await versionOf(bench);
  const first = throwIfFailed(await unpackInto(bench, version));
  const changed = (): number[] =>
    first.flatMap(({ files, annotations }) => [annotations, ...files.map(({ file }) => file)]).map(mtimeOf);
  const before = changed();
  await bench.emulator.close();
  expect(throwIfFailed(await collect(version.versions.unpack(version.id, folder)))).toEqual(first);
  expect(changed()).toEqual(before);
});

const mtimeOf = (file: string): number => statSync(file).mtimeMs;

test('a run that was left goes on with what is missing', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const inputs = Array.from({ length: 100 }, (_, at) => ({ id: `i${at}`, data: { text: { raw: `text ${at}` } } }));
  const archive = await archiveOf({ ...protobuf, 'train/a_n100': batchOf(...inputs) });
  for await (const { ok } of versions.unpackArchive(archive, folder, { concurrency: 1 })) {
    expect(ok).toBe(true);
    break;
  }
  const written = readdirSync(join(folder, 'train/inputs')).length;
  expect(written).toBeLessThan(20);
  expect(throwIfFailed(await collect(versions.unpackArchive(archive, folder)))).toHaveLength(100);
  expect(readdirSync(join(folder, 'train/inputs'))).toHaveLength(100);
});

test('splits lie in folders of their own, and only those are unpacked that are wanted', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const textOf = (id: string) => ({ id, data: { text: { raw: id } } });
  const archive = await archiveOf({
    ...protobuf,
    'train/0_n2': batchOf(textOf('a'), textOf('b')),
    'val/0_n1': batchOf(textOf('c')),
    'test/0_n1': batchOf(textOf('a')),
  });
  const ofSome = throwIfFailed(await collect(versions.unpackArchive(archive, folder, { splits: ['train', 'test'] })));
  expect(ofSome.map(({ split, id }) => `${split}/${id}`)).toEqual(['train/a', 'train/b', 'test/a']);
  expect(existsSync(join(folder, 'val'))).toBe(false);
  expect(existsSync(join(folder, 'test/inputs/a.txt'))).toBe(true);
});

test('media that the archive holds itself are written, and an input without any has annotations only', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const mask = { image: { base64: Uint8Array.of(1, 2, 3) } };
  const archive = await archiveOf({
    ...protobuf,
    'train/0_n2': batchOf(
      { id: 'held', data: { image: { base64: picture(1, 2, 3) } } },
      { id: 'none', data: { regions: [{ regionInfo: { mask } }] } },
    ),
  });
  const [held, none] = throwIfFailed(await collect(versions.unpackArchive(archive, folder)));
  expect(readFileSync(held?.files[0]?.file ?? '').equals(picture(1, 2, 3))).toBe(true);
  expect(none?.files).toEqual([]);
  expect(readFileSync(none?.annotations ?? '', 'utf8')).toContain('"base64":"AQID"');
});

test('no id leads out of the folder, and an id that no file can have the name of is its input’s outcome', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const data = { text: { raw: 'x' } };
  const ids = ['../../escaped', '/etc/passwd', 'C:\\x', 'x'.repeat(300), ''];
  const archive = await archiveOf({ ...protobuf, 'train/0_n5': batchOf(...ids.map((id) => ({ id, data }))) });
  const outcomes = await collect(versions.unpackArchive(archive, join(folder, 'into')));
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false, true]);
  expect(readdirSync(folder).sort()).toEqual(['given.zip', 'into']);
  expect(readdirSync(join(folder, 'into/train/inputs'))).toHaveLength(4);
  expect(outcomes[3]).toMatchObject({ error: { code: 'INVALID_ARGUMENT' } });
});

test('an input that is in the archive twice is written once, and each has its outcome', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const inputs = Array.from({ length: 40 }, () => ({ id: 'same', data: { text: { raw: 'x'.repeat(100_000) } } }));
  const archive = await archiveOf({ ...protobuf, 'train/0_n40': batchOf(...inputs) });
  expect(throwIfFailed(await collect(versions.unpackArchive(archive, folder)))).toHaveLength(40);
  expect(readdirSync(join(folder, 'train/inputs'))).toEqual(['same.txt']);
});

test('a medium that cannot be had is the outcome of its input', async () => {
  await using bench = await startBench();
  const { versions } = bench.clarifai.dataset('d');
  const server = createServer((_, response) => response.writeHead(404).end());
  await once(server.listen(0), 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}/none.jpg`;
  const lost = { id: 'lost', data: { image: { url } } };
  const there = { id: 'there', data: { text: { raw: 'x' } } };
  const archive = await archiveOf({ ...protobuf, 'train/0_n2': batchOf(lost, there) });
  const [first, second] = await collect(versions.unpackArchive(archive, folder));
  server.close();
  expect(first).toMatchObject({ index: 0, id: 'lost', ok: false });
  expect(first?.ok === false && first.error).toBeInstanceOf(NotFoundError);
  expect(second).toMatchObject({ index: 1, id: 'there', ok: true });
  expect(existsSync(join(folder, 'train/annotations/lost.json'))).toBe(false);
});

test('the credential goes along to hosts that the caller names, and to no other that an archive names', async () => {
  await using bench = await startBench();
  const seen: unknown[] = [];
  const server = createServer(({ headers }, response) => {
    seen.push(headers.authorization);
    response.end('x');
  });
  await once(server.listen(0), 'listening');
  try {
    const url = `http://localhost:${(server.address() as AddressInfo).port}/a.txt`;
    const { versions } = bench.clarifai.dataset('d');
    const archive = await archiveOf({ ...protobuf, 'train/0_n1': batchOf({ id: 'a', data: { text: { url } } }) });
    throwIfFailed(await collect(versions.unpackArchive(archive, join(folder, '1'))));
    const trustedHosts = ['localhost'];
    throwIfFailed(await collect(versions.unpackArchive(archive, join(folder, '2'), { trustedHosts })));
    expect(seen).toEqual([undefined, `Key ${bench.emulator.pat}`]);
  } finally {
    server.close();
  }
});

describe('an archive is refused, naming the entry, when', () => {
  const batch = batchOf({ id: 'a', data: { text: { raw: 'all aboard' } } });
  const refusal = async (archive: string): Promise<unknown> => {
    await using bench = await startBench();
    const unpacking = collect(bench.clarifai.dataset('d').versions.unpackArchive(archive, join(folder, 'into')));
    return await unpacking.then(
      () => 'nothing',
      (error: unknown) => error,
    );
  };
  const malformed = (message: string) => ({
    code: 'MALFORMED_ARCHIVE',
    message: expect.stringContaining(message) as unknown,
  });

  test('it is none', async () => {
    const file = await archiveOf({});
    writeFileSync(file, '{"status":{"code":11101}}');
    expect(await refusal(file)).toMatchObject({
      message: expect.stringContaining('Expected `archive` to be a zip archive that can be read') as unknown,
    });
  });

  test('it is of another format, or does not say of which', async () => {
    expect(
      await refusal(await archiveOf({ mimetype: 'application/x.clarifai-data+json', 'all/0_n1': '{}' })),
    ).toMatchObject(malformed('entry "mimetype": Expected it to say application/x.clarifai-data+protobuf'));
    expect(await refusal(await archiveOf({ 'all/0_n1': batch }))).toMatchObject(
      malformed('entry "mimetype": it is not'),
    );
  });

  test.each(['../0_n1', '/rt/0_n1', 'train\\..\\x', 'a/../../x', '.x/0_n1', 'no_split'])(
    'one of its paths is %s, before anything is written',
    async (path) => {
      const placeholder = 'x'.repeat(path.length - 2) + '/x';
      const archive = await archiveOf({ ...protobuf, 'train/0_n1': batch, [placeholder]: batch });
      expect(await refusal(patch(archive, placeholder, path))).toMatchObject(
        malformed(`entry ${JSON.stringify(path.replaceAll('\\', '/'))}`),
      );
      expect(existsSync(join(folder, 'into'))).toBe(false);
    },
  );

  test('an entry is damaged', async () => {
    const stored = batchOf({ id: 'a', data: { text: { raw: randomText(5000) } } });
    const archive = await archiveOf({ ...protobuf, 'train/0_n1': stored });
    const bytes = readFileSync(archive);
    bytes.writeUInt8(bytes.readUInt8(2000) ^ 0xff, 2000);
    writeFileSync(archive, bytes);
    expect(await refusal(archive)).toMatchObject(malformed('entry "train/0_n1": '));
  });

  test.each([
    ['ends too early', batch.subarray(0, batch.length - 1), 'it ends in the middle of an input'],
    ['is something else', Buffer.from('{"inputs":[]}'), 'it holds something else than inputs'],
    ['promises too much', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f), 'is too large'],
    ['has an input that is none', Uint8Array.of(0x0a, 2, 0x0a, 9), 'entry "train/0_n1": '],
  ])('a batch %s', async (_, bytes, message) => {
    expect(await refusal(await archiveOf({ ...protobuf, 'train/0_n1': bytes }))).toMatchObject(malformed(message));
  });
});

/** Text that does not get smaller when it is packed. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => String.fromCharCode(33 + ((state = (state * 48271) % 2147483647) % 90))).join('');
}
