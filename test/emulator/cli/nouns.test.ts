import { readFileSync } from 'node:fs';
import { Clarifai } from '../../../src/index';
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

/** What a command prints with --json, a value a line; it must end with 0. */
async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await world.ran([...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function ids(...args: string[]): Promise<unknown[]> {
  return (await json(...args)).map(({ id }) => id).sort();
}

describe('models', () => {
  test('are made, listed, shown and deleted', async () => {
    const [made] = await json('models', 'create', 'm1', '--type', 'visual-classifier', '--description', 'of trains');
    expect(made).toMatchObject({ id: 'm1', modelTypeId: 'visual-classifier', description: 'of trains' });
    await json('models', 'create', 'm2', '--type', 'visual-embedder');
    expect(await ids('models', 'list')).toEqual(expect.arrayContaining(['m1', 'm2']));
    expect(await ids('models', 'list', '--type', 'visual-embedder')).toContain('m2');
    expect(await ids('models', 'list', '--type', 'visual-embedder')).not.toContain('m1');
    expect(await json('models', 'list', '--limit', '1')).toHaveLength(1);
    expect((await world.ran(['models', 'get', 'm1'])).out).toMatch(/^id +m1\n(.*\n)*type +visual-classifier\n/);
    expect(await json('models', 'delete', 'm1', 'm2')).toEqual([{ deleted: 2 }]);
    expect(await world.ran(['models', 'get', 'm1'])).toMatchObject({ code: 1, out: '' });
  });

  test('with parameters have a version', async () => {
    const args = [
      'models',
      'create',
      'sure',
      '--type',
      'concept-thresholder',
      '--params',
      '{"concept_threshold_type":1}',
    ];
    const [made] = await json(...args);
    expect(made).toMatchObject({ modelVersion: { outputInfo: { params: { concept_threshold_type: 1 } } } });
  });

  test('of others are shown by their address', async () => {
    const address = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
    expect((await json('models', 'get', address))[0]).toMatchObject({ userId: 'clarifai', appId: 'main' });
  });
});

describe('workflows', () => {
  const yaml = `workflow:
  id: two-steps
  nodes:
    - id: general
      model:
        model_id: general-image-recognition
        user_id: clarifai
        app_id: main
    - id: sure
      model:
        model_id: sure-ones
        model_type_id: concept-thresholder
        output_info:
          params:
            concept_threshold_type: GREATER_THAN
      node_inputs:
        - node_id: general
`;

  test('are made of a YAML file with the models they need, and written down as one', async () => {
    const file = world.file('workflow.yml', yaml);
    expect((await json('workflows', 'create', file))[0]).toMatchObject({ id: 'two-steps' });
    expect((await world.ran(['workflows', 'get', 'two-steps'])).out).toMatch(/^nodes +general, sure$/m);
    const { code, out } = await world.ran(['workflows', 'get', 'two-steps', '--yaml']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('model_id: sure-ones') });
    const again = world.file('again.yml', out);
    expect((await json('workflows', 'create', again, '--id', 'the-same'))[0]).toMatchObject({ id: 'the-same' });
    expect(await ids('workflows', 'list')).toEqual(expect.arrayContaining(['the-same', 'two-steps']));
    expect(await json('workflows', 'delete', 'the-same', 'two-steps')).toEqual([{ deleted: 2 }]);
  });

  test('a file that describes none is told of by its line, with 2', async () => {
    const file = world.file('workflow.yml', yaml.replace('  nodes:', '  nodes: ['));
    const { code, err } = await world.ran(['workflows', 'create', file]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/workflow\.yml:\d+:\d+: /) });
  });
});

test('apps are made, listed, shown and deleted', async () => {
  expect((await json('apps', 'create', 'second', '--base-workflow', 'Universal'))[0]).toMatchObject({ id: 'second' });
  expect(await ids('apps', 'list')).toEqual(expect.arrayContaining(['second', world.emulator.appId]));
  expect((await json('apps', 'get'))[0]).toMatchObject({ id: world.emulator.appId });
  expect((await world.ran(['apps', 'get', 'second'])).out).toMatch(/^base workflow +Universal$/m);
  expect(await json('apps', 'delete', 'second')).toEqual([{ deleted: 1 }]);
  expect(await world.ran(['apps', 'get', 'second'])).toMatchObject({ code: 1 });
});

test('concepts are made, listed and shown', async () => {
  expect(await ids('concepts', 'create', 'train', 'station')).toEqual(['station', 'train']);
  await json('concepts', 'create', 'loco', '--name', 'Locomotive');
  expect(await ids('concepts', 'list')).toEqual(['loco', 'station', 'train']);
  expect((await world.ran(['concepts', 'get', 'loco'])).out).toMatch(/^name +Locomotive$/m);
  expect(await world.ran(['concepts', 'create', 'a', 'b', '--name', 'x'])).toMatchObject({ code: 2 });
  expect(await world.ran(['concepts', 'create', 'train'])).toMatchObject({ code: 1 });
});

describe('dataset', () => {
  test('upload makes the dataset if asked to, and adds inputs to it', async () => {
    const file = world.file('a.jsonl', '{"id":"a","text":"x"}\n{"id":"b","text":"y"}\n');
    expect(await world.ran(['dataset', 'upload', 'd', file])).toMatchObject({ code: 3 });
    for (const _again of [1, 2]) {
      expect((await world.ran(['dataset', 'upload', 'd', file, '--create'])).code).toBe(0);
    }
    expect(await ids('dataset', 'list')).toEqual(['d']);
    const inputs = await clarifai.dataset('d').listInputs().toArray();
    expect(inputs.map(({ input }) => input?.id).sort()).toEqual(['a', 'b']);
  });

  test('a dry run of an upload makes no dataset', async () => {
    const file = world.file('a.jsonl', '{"id":"a","text":"x"}\n');
    const { code, out } = await world.ran(['dataset', 'upload', 'd', file, '--create', '--dry-run']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^would be sent +1$/m) });
    expect(world.emulator.requests()).toEqual([]);
  });

  test('versions are kept, listed and exported into a folder', async () => {
    await clarifai.app().datasets.create('d');
    await clarifai.dataset('d').add([
      { id: 'a', text: 'x', concepts: ['c'] },
      { id: 'b', text: 'y' },
    ]);
    // A version holds what the service is done with.
    await clarifai.inputs.waitUntilProcessed(['a', 'b']);
    expect(await json('dataset', 'versions', 'd')).toEqual([]);
    const [version] = await json('dataset', 'versions', 'd', '--create', '--description', 'first');
    expect(version).toMatchObject({ id: expect.any(String), description: 'first' });
    const folder = `${world.folder}/out`;
    const args = ['dataset', 'export', 'd', folder, '--dataset-version', String(version?.['id'])];
    expect(await world.ran(args)).toMatchObject({ code: 0, out: '', err: `2 inputs are in ${folder}\n` });
    const unpacked = await json(...args);
    expect(unpacked.map(({ ok, id }) => ({ ok, id }))).toEqual([
      { ok: true, id: 'a' },
      { ok: true, id: 'b' },
    ]);
    expect(JSON.parse(readFileSync(String(unpacked[0]?.['annotations']), 'utf8'))).toBeDefined();
  });

  test('an export makes a version when none is named, and says which', async () => {
    await clarifai.app().datasets.create('d');
    await clarifai.dataset('d').add([{ id: 'a', text: 'x' }]);
    const { code, err } = await world.ran(['dataset', 'export', 'd', `${world.folder}/out`]);
    const [version] = await json('dataset', 'versions', 'd');
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining(String(version?.['id'])) });
  });
});
