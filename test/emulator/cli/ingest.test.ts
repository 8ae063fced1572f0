import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { Clarifai, StatusCode } from '../../../src/index';
import type { Ran } from '../../unit/cli/ran';
import { photograph } from '../harness';
import { startWorld, type World } from './world';

/** Beside this test, so that its command line is the one that was built. */
const root = join(__dirname, '../../..');
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly bin: Record<string, string>;
};
const main = join(root, bin['clarifai-grpc'] ?? '');

let world: World;
let clarifai: Clarifai;
beforeEach(async () => {
  world = await startWorld();
  clarifai = new Clarifai(world.emulator.clientOptions);
});
afterEach(async () => {
  await clarifai.close();
  await world[Symbol.asyncDispose]();
});

/** Lines of JSON Lines: texts with ids of their own. */
function texts(count: number): string {
  return Array.from({ length: count }, (_, n) => `{"id":"t${n}","text":"text ${n}"}\n`).join('');
}

async function stored(): Promise<string[]> {
  return (await clarifai.inputs.list().toArray()).map(({ id }) => id).sort();
}

test('a folder goes in, with the names of its folders as concepts, and the counts are on stdout', async () => {
  world.file('photos/trains/a.jpg', photograph());
  world.file('photos/notes/b.txt', 'late again');
  world.file('photos/.hidden/c.txt', 'not this');
  const args = ['ingest', join(world.folder, 'photos'), '--labels', '--concept', 'all', '--not-concept', 'none'];
  const { code, out, err } = await world.ran(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^read +2\naccepted +2\nrequests +\d, \d+ % full\n$/);
  const concepts = (await clarifai.inputs.list().toArray()).map(({ data }) =>
    data?.concepts.map(({ id, value }) => `${id} ${value}`),
  );
  expect(concepts.sort()).toEqual([
    ['notes 1', 'all 1', 'none 0'],
    ['trains 1', 'all 1', 'none 0'],
  ]);
});

test.each([
  ['rows.csv', 'inputid,url,concepts\nr1,https://a.test/1.jpg,train\nr2,https://a.test/2.jpg,\n'],
  ['rows.tsv', 'inputid\turl\nr1\thttps://a.test/1.jpg\nr2\thttps://a.test/2.jpg\n'],
  ['rows.ndjson', '{"id":"r1","url":"https://a.test/1.jpg"}\n{"id":"r2","text":"x"}\n'],
])('%s goes in, row by row', async (name, content) => {
  expect(await world.ran(['ingest', world.file(name, content)])).toMatchObject({ code: 0 });
  expect(await stored()).toEqual(['r1', 'r2']);
});

test('a column called `input` needs to be explained', async () => {
  const file = world.file('rows.csv', 'inputid,input\nr1,https://a.test/1.jpg\n');
  expect(await world.ran(['ingest', file])).toMatchObject({ code: 2, err: expect.stringContaining('inputColumn') });
  expect(await world.ran(['ingest', file, '--input-column', 'url'])).toMatchObject({ code: 0 });
});

test('inputs join the datasets that are named', async () => {
  await clarifai.app().datasets.create('d1');
  await clarifai.app().datasets.create('d2');
  const file = world.file('a.jsonl', texts(3));
  expect(await world.ran(['ingest', file, '--dataset', 'd1', '--dataset', 'd2'])).toMatchObject({ code: 0 });
  for (const id of ['d1', 'd2']) expect(await clarifai.dataset(id).listInputs().toArray()).toHaveLength(3);
});

test('what a row says of its datasets and concepts holds beside the flags, and is rejected alone where it is wrong', async () => {
  for (const id of ['d1', 'd2']) await clarifai.app().datasets.create(id);
  const rows = [
    { id: 'both', text: 'x', datasetIds: ['d1'], concepts: ['own'] },
    { id: 'wrong', text: 'x', concepts: 5 },
    { id: 'wrong-too', text: 'x', datasetIds: 'd1' },
  ];
  const file = world.file('a.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const ran = await world.ran(['ingest', file, '--dataset', 'd1', '--dataset', 'd2', '--concept', 'all']);
  expect(ran).toMatchObject({ code: 3, out: expect.stringMatching(/^rejected +2$/m) });
  expect(await stored()).toEqual(['both']);
  const [posted] = world.emulator.requests({ method: 'PostInputs' });
  expect(posted?.request?.inputs[0]?.datasetIds).toEqual(['d1', 'd2']);
  expect(posted?.request?.inputs[0]?.data?.concepts.map(({ id }) => id)).toEqual(['own', 'all']);
});

test('what is there already is skipped, fails or is overwritten, as is asked for', async () => {
  const file = world.file('a.jsonl', texts(2));
  await world.ran(['ingest', file]);
  expect((await world.ran(['ingest', file])).out).toMatch(/^already existed +2$/m);
  const failed = await world.ran(['ingest', file, '--on-existing', 'fail']);
  expect(failed.code).toBe(3);
  expect(failed.out).toMatch(/^rejected +2$/m);
  const overwritten = await world.ran(['ingest', file, '--on-existing', 'overwrite']);
  expect(overwritten).toMatchObject({ code: 0, out: expect.stringMatching(/^accepted +2$/m) });
});

test('some that are refused are told on stderr and counted by their code, and end with 3', async () => {
  const file = world.file('a.jsonl', `${texts(2)}{"id":"bad id","text":"x"}\n{"oops\n`);
  const { code, out, err } = await world.ran(['ingest', file]);
  expect(code).toBe(3);
  expect(out).toMatch(/^read +4\naccepted +2\nrejected +2\nrequests +1, 2 % full\n {2}MALFORMED_ITEM +2\n$/);
  expect(err).toContain('a.jsonl, line 3');
  expect(err).toContain('a.jsonl, line 4');
});

test('a file that is refused is told of by its path', async () => {
  world.file('photos/a/b.jpg', 'no picture');
  const folder = join(world.folder, 'photos');
  expect((await world.ran(['ingest', folder])).err).toMatch(/^a\/b\.jpg: /);
  const [line = ''] = (await world.ran(['ingest', folder, '--json'])).out.split('\n');
  expect(JSON.parse(line)).toMatchObject({ input: 'a/b.jpg', kind: 'rejected' });
});

test('of many that are refused twenty are told, and all are counted', async () => {
  const file = world.file('a.jsonl', '{"id":"bad id","text":"x"}\n'.repeat(100));
  const { out, err } = await world.ran(['ingest', file]);
  expect(err.match(/a\.jsonl, line \d+/g)).toHaveLength(20);
  expect(err).toContain('Further ones are counted');
  expect(out).toMatch(/^rejected +100$/m);
});

test('--json is a line for every outcome, and one that sums them up', async () => {
  const file = world.file('a.jsonl', `${texts(2)}{"id":"bad id","text":"x"}\n`);
  const { code, out, err } = await world.ran(['ingest', file, '--json']);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect({ code, err }).toEqual({ code: 3, err: '' });
  expect(lines.slice(0, -1).sort((a, b) => Number(a['index']) - Number(b['index']))).toEqual([
    { index: 0, id: 't0', kind: 'accepted' },
    { index: 1, id: 't1', kind: 'accepted' },
    { index: 2, kind: 'rejected', error: expect.objectContaining({ code: 'MALFORMED_ITEM' }) },
  ]);
  expect(lines.at(-1)).toMatchObject({ kind: 'summary', dryRun: false, read: 3, accepted: 2, rejected: 1 });
});

test('--verify waits for what the service makes of each input', async () => {
  world.emulator.script('PostInputs', [{ items: { 1: StatusCode.INPUT_DOWNLOAD_FAILED } }]);
  const file = world.file('a.csv', 'inputid,url\nr1,https://a.test/1.jpg\nr2,https://a.test/2.jpg\n');
  const { code, out, err } = await world.ran(['ingest', file, '--verify']);
  expect({ code, out }).toMatchObject({ code: 3, out: expect.stringMatching(/^confirmed +1\nrejected +1$/m) });
  expect(err).toContain('r2: ');
});

test('dead letters are kept in a file, and sent again from it', async () => {
  const file = world.file('a.jsonl', texts(3));
  const letters = join(world.folder, 'letters.ndjson');
  world.emulator.script('PostInputs', [{ items: { 1: StatusCode.INPUT_UNSUPPORTED_FORMAT } }]);
  const { code, out } = await world.ran(['ingest', file, '--dead-letters', letters]);
  expect({ code, out }).toMatchObject({ code: 3, out: expect.stringMatching(/^dead-lettered +1$/m) });
  expect(JSON.parse(readFileSync(letters, 'utf8'))).toMatchObject({ id: 't1' });
  const again = await world.ran(['ingest', '--retry-dead-letters', letters]);
  expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^accepted +1$/m) });
  expect(await stored()).toEqual(['t0', 't1', 't2']);
});

test('with --resume, what is done is not sent again', async () => {
  const file = world.file('a.jsonl', texts(300));
  const args = ['ingest', file, '--resume', join(world.folder, 'journal')];
  expect(await world.ran(args)).toMatchObject({ code: 0 });
  const sent = world.emulator.requests({ method: 'PostInputs' }).length;
  expect(await world.ran(args)).toMatchObject({ code: 0, out: expect.stringMatching(/^read +0\n/) });
  expect(world.emulator.requests({ method: 'PostInputs' })).toHaveLength(sent);
});

describe('a dry run', () => {
  test('tells what would be sent and refused, sends nothing, keeps nothing and needs no credential', async () => {
    const file = world.file('a.jsonl', `${texts(200)}{"id":"bad id","text":"x"}\n{"file":"none.jpg"}\n`);
    const [journal, letters] = [join(world.folder, 'journal'), join(world.folder, 'letters')];
    const { code, out, err } = await world.ran(
      ['ingest', file, '--dry-run', '--dataset', 'd', '--resume', journal, '--dead-letters', letters],
      { env: { HOME: world.folder } },
    );
    expect(code).toBe(3);
    expect(out).toMatch(/^read +202\nwould be sent +200\nrejected +2\n/);
    expect(err).toContain('a.jsonl, line 201');
    expect(err).toContain('none.jpg');
    expect(world.emulator.requests()).toEqual([]);
    expect([existsSync(journal), existsSync(letters)]).toEqual([false, false]);
  });

  test('tries dead letters, with their datasets', async () => {
    const letter = { index: 0, id: 'a', code: 'X', description: '', attempts: 1 };
    const letters = world.file(
      'letters.ndjson',
      `${JSON.stringify({ ...letter, input: { text: 'x', datasetIds: ['d'] } })}\n${JSON.stringify(letter)}\n`,
    );
    const { code, out } = await world.ran(['ingest', '--retry-dead-letters', letters, '--dry-run', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ dryRun: true, accepted: 1, rejected: 1 });
  });
});

test.each([
  [['ingest']],
  [['ingest', 'none']],
  [['ingest', __filename]],
  [['ingest', '.', '--retry-dead-letters', 'x']],
  [['ingest', '--retry-dead-letters', 'x', '--concept', 'y']],
  [['ingest', '.', '--rate', 'fast']],
  [['ingest', '.', '--on-existing', 'explode']],
])('what makes no sense ends with 2 before anything is sent: %j', async (args) => {
  const { code, out, err } = await world.ran(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).not.toBe('');
  expect(world.emulator.requests()).toEqual([]);
});

test('a refused credential ends with 4, and says how far it came', async () => {
  const file = world.file('a.jsonl', texts(3));
  const { code, err } = await world.ran(['ingest', file], { env: { ...world.env, CLARIFAI_PAT: 'no-such-pat' } });
  expect(code).toBe(4);
  expect(err).toContain('It ended early: 0 of the 3 inputs that were read were accepted.');
});

describe('progress', () => {
  test('is a bar with pace and time left on a terminal, which is gone at the end', async () => {
    const file = world.file('a.jsonl', `${texts(500)}{"id":"bad id","text":"x"}\n`);
    world.emulator.rule('PostInputs', { latencyMs: 900 });
    const { code, out, err } = await world.ran(['ingest', file], { isWatched: true });
    expect(code).toBe(3);
    expect(out).toContain('read');
    expect(err).toMatch(/[█░]{24} \d+ of 501 · \d+\/s · \d\.\d MB\/s · requests \d+ % full/);
    expect(err).toContain('line 501');
    // The cursor is back, and what stood on its line is gone.
    expect(err).toMatch(/\u001b\[\?25h\u001b\[\?7h\u001b\[1G\u001b\[0J$/);
  });

  test('of --quiet there is none, nor of a run that ends before its first line', async () => {
    const file = world.file('a.jsonl', texts(2));
    expect((await world.ran(['ingest', file, '--quiet'], { isWatched: true })).err).toBe('');
    expect((await world.ran(['ingest', file])).err).toBe('');
  });
});

describe('Ctrl-C', () => {
  /** The command as a process of its own, and how it ended. */
  function spawned(args: readonly string[]): { readonly kill: () => void; readonly ended: Promise<Ran> } {
    const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...world.env } });
    const [out, err] = [text(child.stdout), text(child.stderr)];
    return {
      kill: () => void child.kill('SIGINT'),
      ended: once(child, 'close').then(async ([code]) => ({ code: Number(code), out: await out, err: await err })),
    };
  }

  async function firstRequest(): Promise<void> {
    while (world.emulator.requests({ method: 'PostInputs' }).length === 0) await setTimeout(10);
  }

  test('finishes what is under way, says how to go on, and ends with 130', async () => {
    const file = world.file('a.jsonl', texts(50_000));
    const args = ['ingest', file, '--resume', join(world.folder, 'journal'), '--rate', '20'];
    const command = spawned(args);
    await firstRequest();
    command.kill();
    const { code, out, err } = await command.ended;
    expect({ code, err }).toMatchObject({ code: 130, err: expect.stringContaining('run the same command again') });
    const [, read = '', accepted] = /^read +([\d,]+)\naccepted +([\d,]+)\n/.exec(out) ?? [];
    expect(accepted).toBe(read);
    expect(Number(read.replace(',', ''))).toBeLessThan(50_000);
    expect(await stored()).toHaveLength(Number(read.replace(',', '')));
  });

  test('pressed twice ends at once, with 130', async () => {
    world.emulator.script('PostInputs', [{ blackHole: true }]);
    const command = spawned(['ingest', world.file('a.jsonl', texts(100))]);
    await firstRequest();
    command.kill();
    await setTimeout(200);
    command.kill();
    const { code, out } = await command.ended;
    expect({ code, out }).toMatchObject({ code: 130, out: expect.stringMatching(/^unsent +100$/m) });
  });
});
