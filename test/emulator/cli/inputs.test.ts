import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clarifai } from '../../../src/index';
import { photograph } from '../harness';
import { startWorld, type World } from './world';

let world: World;
let clarifai: Clarifai;
beforeEach(async () => {
  world = await startWorld({ storeBytes: true });
  clarifai = new Clarifai(world.emulator.clientOptions);
});
afterEach(async () => {
  await clarifai.close();
  await world[Symbol.asyncDispose]();
});

function lines(out: string): Record<string, unknown>[] {
  const texts = out.split('\n').filter((line) => line !== '');
  return texts.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function add(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => `t${n}`);
  await clarifai.inputs.add(ids.map((id) => ({ id, text: `text of ${id}`, concepts: ['c'] })));
  return ids;
}

describe('inputs add', () => {
  test('takes files, folders, URLs and texts, and prints what became of each', async () => {
    const photo = world.file('photo.jpg', photograph());
    world.file('more/a.txt', 'a');
    world.file('more/b.txt', 'b');
    const url = 'https://samples.clarifai.com/metro-north.jpg';
    const args = ['inputs', 'add', photo, join(world.folder, 'more'), url, '--text', 'all aboard'];
    const { code, out, err } = await world.ran(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const names = [photo, join(world.folder, 'more/a.txt'), join(world.folder, 'more/b.txt'), url, '"all aboard"'];
    expect(out.split('\n').map((line) => line.split('  ').slice(1))).toEqual([
      ...names.map((name) => ['accepted', name]),
      [],
    ]);
    expect(lines((await world.ran([...args, '--json'])).out).map(({ kind, input }) => ({ kind, input }))).toEqual(
      names.map((input) => ({ kind: 'already-existed', input })),
    );
  });

  test('says of them what the options say', async () => {
    await clarifai.app().datasets.create('d');
    const { code } = await world.ran(
      ['inputs', 'add', '--text', 'x', '--id', 'x1', '--dataset', 'd', '--geo', '41.1,-73.5'].concat([
        '--concept',
        'a',
        '--concept',
        'b',
        '--not-concept',
        'c',
        '--metadata',
        '{"shelf":{"row":3}}',
      ]),
    );
    expect(code).toBe(0);
    const { data, datasetIds } = await clarifai.inputs.get('x1');
    expect({ ids: datasetIds, metadata: data?.metadata }).toEqual({ ids: ['d'], metadata: { shelf: { row: 3 } } });
    expect(data?.concepts.map(({ id, value }) => [id, value])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
    ]);
    expect(data?.geo?.geoPoint?.latitude).toBeCloseTo(41.1);
    expect(data?.geo?.geoPoint?.longitude).toBeCloseTo(-73.5);
  });

  test('reads inputs from stdin, a line of JSON each; a wrong line is told, and the others go on', async () => {
    const stdin =
      '{"id":"a","url":"https://a.test/1.jpg"}\n\n{oops\n{"id":"b","text":"x","concepts":["own"]}\n{"imag":"x"}\n';
    const { code, out, err } = await world.ran(['inputs', 'add', '-', '--metadata', '{"from":"stdin"}'], { stdin });
    expect({ code, out }).toEqual({ code: 3, out: 'a  accepted  line 1\nb  accepted  line 4\n' });
    expect(err).toMatch(/^line 3: Expected it to be JSON: .*\nline 5: Unknown name `imag`/);
    expect((await clarifai.inputs.get('b')).data?.metadata).toEqual({ from: 'stdin' });
  });

  test.each([
    [['none.jpg']],
    [['--text', 'x', '--geo', '41.1']],
    [['--text', 'x', '--geo', '91,0']],
    [['--text', 'x', '--metadata', '[1]']],
    [['--text', 'x', '--text', 'y', '--id', 'z']],
    [['-', '--text', 'x']],
    [[]],
  ])('refuses what makes no sense before anything is sent: %j', async (args) => {
    expect(await world.ran(['inputs', 'add', ...args])).toMatchObject({ code: 2, out: '' });
    expect(world.emulator.requests()).toEqual([]);
  });
});

describe('inputs list and get', () => {
  test('show inputs as columns, or as lines of JSON', async () => {
    await add(3);
    const { code, out } = await world.ran(['inputs', 'list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ID {2}STATUS +CREATED +CONCEPTS {2}MEDIUM\n(t\d {2}.* {2}c {9}http.*t\d\n){3}$/);
    const listed = lines((await world.ran(['inputs', 'list', '--json', '--limit', '2'])).out);
    expect(listed.map(({ data }) => data)).toEqual([expect.anything(), expect.anything()]);
    const [got] = lines((await world.ran(['inputs', 'get', 't1', '--json'])).out);
    expect(got).toMatchObject({ id: 't1', data: { text: { url: expect.any(String) } } });
    expect((await world.ran(['inputs', 'get', 't1'])).out).toMatch(
      /^id +t1\nstatus .*\ncreated .*\nconcepts +c\nmedium +http.*t1\n$/,
    );
  });

  test('leave out what the options leave out', async () => {
    await clarifai.app().datasets.create('d');
    await add(2);
    await clarifai.dataset('d').add([{ id: 'i', url: 'https://a.test/1.jpg' }]);
    const ids = async (...args: string[]) =>
      lines((await world.ran(['inputs', 'list', '--json', ...args])).out).map(({ id }) => id);
    expect(await ids('--kind', 'image')).toEqual(['i']);
    expect(await ids('--dataset', 'd')).toEqual(['i']);
    expect((await ids('--kind', 'text')).sort()).toEqual(['t0', 't1']);
  });

  test('an input that is not there ends with 1', async () => {
    expect(await world.ran(['inputs', 'get', 'none'])).toMatchObject({ code: 1, out: '' });
  });
});

describe('inputs delete', () => {
  test('deletes those that are named', async () => {
    await add(3);
    expect(await world.ran(['inputs', 'delete', 't0', 't2'])).toEqual({ code: 0, out: '2 deleted\n', err: '' });
    await clarifai.inputs.waitUntilDeleted(['t0', 't2']);
    expect((await clarifai.inputs.list().toArray()).map(({ id }) => id)).toEqual(['t1']);
  });

  test('deletes all only for who names the app', async () => {
    await add(3);
    expect(await world.ran(['inputs', 'delete'])).toMatchObject({ code: 2 });
    expect(await world.ran(['inputs', 'delete', '--all', 'another'])).toMatchObject({ code: 2 });
    expect(await world.ran(['inputs', 'delete', 't0', '--all', world.emulator.appId])).toMatchObject({ code: 2 });
    expect(world.emulator.requests({ method: 'DeleteInputs' })).toEqual([]);
    const { code, out } = await world.ran(['inputs', 'delete', '--all', world.emulator.appId, '--json']);
    expect({ code, out }).toEqual({ code: 0, out: '{"deleted":3}\n' });
  });
});

describe('inputs download', () => {
  test('writes media into a folder', async () => {
    await add(2);
    await clarifai.inputs.add([{ id: 'p', bytes: photograph() }]);
    const folder = join(world.folder, 'media');
    expect(await world.ran(['inputs', 'download', folder])).toEqual({
      code: 0,
      out: '',
      err: `3 inputs are in ${folder}\n`,
    });
    expect(readdirSync(folder).sort()).toEqual(['p.jpg', 't0.txt', 't1.txt']);
    expect(readFileSync(join(folder, 'p.jpg')).equals(photograph())).toBe(true);
  });

  test('those that are named, of a kind, or a few', async () => {
    await add(3);
    await clarifai.inputs.add([{ id: 'p', bytes: photograph() }]);
    const files = async (name: string, ...args: string[]) => {
      const { code } = await world.ran(['inputs', 'download', join(world.folder, name), ...args]);
      return { code, files: readdirSync(join(world.folder, name)).sort() };
    };
    expect(await files('a', 't0', 't2')).toEqual({ code: 0, files: ['t0.txt', 't2.txt'] });
    expect(await files('b', '--kind', 'image')).toEqual({ code: 0, files: ['p.jpg'] });
    expect((await files('c', '--limit', '2')).files).toHaveLength(2);
    expect(await files('d', 't0', 'none')).toEqual({ code: 3, files: ['t0.txt'] });
  });

  test('one that cannot be had is told, and the others go on', async () => {
    await add(1);
    await clarifai.inputs.add([{ id: 'u', url: `${world.emulator.base}/none.jpg` }]);
    const { code, out, err } = await world.ran(['inputs', 'download', join(world.folder, 'm'), '--json']);
    expect({ code, err }).toEqual({ code: 3, err: '' });
    expect(lines(out).sort((a, b) => String(a['id']).localeCompare(String(b['id'])))).toEqual([
      { ok: true, id: 't0', files: [{ kind: 'text', file: join(world.folder, 'm/t0.txt') }] },
      { ok: false, id: 'u', error: expect.objectContaining({ code: expect.any(String) }) },
    ]);
  });
});
